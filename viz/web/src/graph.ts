// The dependency graph: coloured by what is served, to click and to play.
import { scaleLinear } from "d3-scale";
import { csvButton } from "./csv";
import type { Box, Graph, Replay, Service } from "./data";
import { fillGroupDetail, fillServiceDetail } from "./detail";
import { h, s } from "./dom";
import { percent } from "./format";
import { makePlayer } from "./player";

// Blue is served, red is not: told apart with any colour vision.
const colour = scaleLinear<string>()
  .domain([0, 0.4, 0.8, 0.97, 1])
  .range(["#a50026", "#e0552f", "#f5a623", "#74add1", "#2c6fbb"])
  .clamp(true);

const MOST_ENLARGED = 1.2; // a system of few services is not blown up

interface Drawn {
  group: SVGGElement;
  swatch: SVGRectElement;
  words: SVGTextElement;
}

export function graphSection(
  graph: Graph,
  replays: Replay[],
  until: number,
  begins: number,
): HTMLElement {
  const boxes: Drawn[] = [];
  const detail = h("div", { class: "detail", "aria-live": "polite" });

  // --- drawing ---

  const svg = s("svg", {
    class: graph.width > 1000 ? "graph wide" : graph.width < 560 ? "graph small" : "graph",
    role: "group",
    "aria-label": "Dependency graph. " + graph.sentence,
    viewBox: `0 0 ${graph.width} ${graph.height}`,
  });
  svg.style.maxWidth = `${Math.round(graph.width * MOST_ENLARGED)}px`;
  const edges = graph.lines.map((one) => {
    const hint = `${graph.boxes[one.owner].full} needs ${graph.boxes[one.target].full}: ${one.kind}`;
    const path = s(
      "path",
      { class: `edge edge-${one.kind}`, d: one.path },
      s("title", {}, one.needs > 1 ? `${hint} (${one.needs} needs)` : hint),
    );
    svg.append(path);
    return path;
  });

  const isStruck = (box: Box): boolean => box.services.some((id) => graph.struck.includes(id));
  const shownTitle = (box: Box): string => (isStruck(box) ? "⚡ " : "") + box.title;

  const draw = (box: Box, index: number): Drawn => {
    const struck = isStruck(box);
    const single = box.services.length === 1 ? graph.services[box.services[0]] : null;
    const kind = single ? single.kind : "group";
    const swatch = s("rect", { class: "swatch", x: 0, y: graph.box_height - 5, height: 5, rx: 2 });
    const words = s("text", { class: "box-words", x: 9, y: 28 });
    const group = s(
      "g",
      {
        class: `box kind-${kind}${struck ? " struck" : ""}`,
        transform: `translate(${box.x} ${box.y})`,
        tabindex: 0,
        role: "button",
        "aria-pressed": "false",
      },
      s("title", {}, box.full),
      s("rect", { class: "frame", width: graph.box_width, height: graph.box_height, rx: 5 }),
      swatch,
      s("text", { class: "box-title", x: 9, y: 15 }, shownTitle(box)),
      words,
    );
    group.addEventListener("click", () => select(index));
    group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        select(index);
      } else if (event.key.startsWith("Arrow")) {
        event.preventDefault();
        boxes[neighbour(index, event.key)].group.focus();
      }
    });
    svg.append(group);
    return { group, swatch, words };
  };

  // The nearest box in the direction of an arrow key.
  const neighbour = (from: number, key: string): number => {
    const a = graph.boxes[from];
    let best = from;
    let least = Infinity;
    graph.boxes.forEach((b, i) => {
      const dx = b.x - a.x;
      const dy = b.y - a.y;
      const along = { ArrowRight: dx, ArrowLeft: -dx, ArrowDown: dy, ArrowUp: -dy }[key] ?? 0;
      const across = key === "ArrowRight" || key === "ArrowLeft" ? Math.abs(dy) : Math.abs(dx);
      const distance = along + 3 * across;
      if (along > 0 && distance < least) {
        least = distance;
        best = i;
      }
    });
    return best;
  };

  const paint = (served: number[], what: string): void => {
    graph.boxes.forEach((box, i) => {
      const values = box.services.map((id) => served[id]);
      const least = values.reduce((a, b) => Math.min(a, b), 1);
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const shown = values.length > 1 ? mean : least;
      const { group, swatch, words } = boxes[i];
      swatch.setAttribute("width", String(Math.max(2, graph.box_width * shown)));
      swatch.setAttribute("fill", colour(least));
      group.classList.toggle("down", least < 0.5);
      words.textContent =
        values.length > 1 && least < 0.995
          ? `served ${percent(mean)}, least ${percent(least)}`
          : `served ${percent(shown)}`;
      group.setAttribute("aria-description", `${what}; ${box.full}`);
    });
  };

  // --- the chosen service ---

  const markFallen = (service: Service | null, box: number): void => {
    const fallen = new Set((service?.falls_no_switch?.first ?? []).map((id) => graph.box_of[id]));
    const sure = new Set((service?.falls?.first ?? []).map((id) => graph.box_of[id]));
    boxes.forEach(({ group }, i) => {
      group.classList.toggle("chosen", i === box);
      group.classList.toggle("falls", sure.has(i));
      group.classList.toggle("may-fall", fallen.has(i) && !sure.has(i));
      group.setAttribute("aria-pressed", String(i === box));
    });
    edges.forEach((edge, i) => {
      const { owner, target } = graph.lines[i];
      edge.classList.toggle("near", owner === box || target === box);
    });
  };

  const showService = (id: number): void => {
    markFallen(graph.services[id], graph.box_of[id]);
    fillServiceDetail(detail, graph, id, showService);
  };

  const showGroup = (index: number): void => {
    markFallen(null, index);
    fillGroupDetail(detail, graph, graph.boxes[index], showService);
  };

  const select = (index: number): void => {
    const { services } = graph.boxes[index];
    if (services.length === 1) showService(services[0]);
    else showGroup(index);
  };

  graph.boxes.forEach((box, i) => boxes.push(draw(box, i)));
  detail.append(h("p", { class: "quiet" }, "Choose a service to see what falls with it."));

  const player = makePlayer(graph, replays, until, begins, paint);
  const wrap = h("div", { class: "graph-wrap", tabindex: 0, role: "region", "aria-label": "graph, scrolls" }, svg);
  const files = csvButton("services.csv", () => [
    ["name", "label", "kind", "served_mean", "fell_probability", "below_s_mean"],
    ...graph.services.map((one) => [
      one.name,
      one.label ?? "",
      one.kind,
      one.served,
      one.fell,
      one.below_s,
    ]),
  ]);
  return h(
    "div",
    { class: "graph-section" },
    h(
      "div",
      { class: "figure-head" },
      h("p", { class: "sentence" }, graph.sentence),
      h("div", { class: "tools" }, files),
    ),
    player.controls,
    wrap,
    legend(),
    h("div", { class: "graph-and-detail" }, detail, player.story),
  );
}

function legend(): HTMLElement {
  const items: [string, string][] = [
    ["edge-hard", "hard need"],
    ["edge-soft", "soft, async or cached"],
    ["edge-any", "one of several"],
    ["edge-to_repair", "to repair, start or observe"],
  ];
  const list = h("ul", { class: "legend" });
  for (const [style, words] of items) {
    const svg = s("svg", { width: 30, height: 10, "aria-hidden": "true" });
    svg.append(s("path", { class: `edge ${style}`, d: "M0 5H30" }));
    list.append(h("li", {}, svg, words));
  }
  list.append(
    h("li", {}, h("span", { class: "key key-ramp" }), "served 0 … 100 %"),
    h("li", {}, "⚡ struck by a fault"),
  );
  return list;
}
