// The dependency graph: coloured by what is served, to click and to play.
import { scaleLinear } from "d3-scale";
import { csvButton } from "./csv";
import type { Box, Frame, Graph, Listed, Replay, Service } from "./data";
import { button, choice, clear, h, name, s, type Child } from "./dom";
import { clock, percent } from "./format";

// Blue is served, red is not: told apart with any colour vision.
const colour = scaleLinear<string>()
  .domain([0, 0.4, 0.8, 0.97, 1])
  .range(["#a50026", "#e0552f", "#f5a623", "#74add1", "#2c6fbb"])
  .clamp(true);

const MOST_LISTED = 400;

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
  let selected = -1;

  const title = (id: number): string => graph.services[id].label ?? graph.services[id].name;

  // --- drawing ---

  const svg = s("svg", {
    class: graph.width > 700 ? "graph wide" : "graph",
    role: "group",
    "aria-label": "Dependency graph. " + graph.sentence,
    viewBox: `0 0 ${graph.width} ${graph.height}`,
  });
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

  const link = (id: number): HTMLElement => {
    const item = h("li", {});
    item.append(button("", () => showService(id), { class: "link", dir: "auto" }));
    item.firstElementChild?.append(name(title(id)));
    return item;
  };

  const list = (listed: Listed, none: string): Child => {
    if (listed.count === 0) return h("p", { class: "quiet" }, none);
    const left = listed.count - listed.first.length;
    return h(
      "ul",
      { class: "names" },
      ...listed.first.map(link),
      left > 0 ? h("li", { class: "quiet" }, `and ${left} more`) : null,
    );
  };

  const part = (heading: string, ...children: Child[]): HTMLElement =>
    h("section", {}, h("h4", {}, heading), ...children);

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
    const service = graph.services[id];
    selected = graph.box_of[id];
    markFallen(service, selected);
    clear(detail);
    const cells = service.cells ? `, ${service.cells} cells` : "";
    detail.append(
      h("h3", {}, name(title(id))),
      h(
        "p",
        { class: "quiet" },
        service.label ? h("code", {}, name(service.name)) : null,
        service.label ? " · " : "",
        service.kind + cells,
      ),
      part("How often, how long (simulated)", h("p", {}, service.words)),
    );
    if (service.falls && service.falls_no_switch) {
      detail.append(
        part(
          "What falls with it (structural)",
          h("p", {}, `Redundancy working; users hit: ${service.users ?? "n/a"}`),
          list(service.falls, "nothing else"),
          h("p", {}, `Switch-over off; users hit: ${service.users_no_switch ?? "n/a"}`),
          list(service.falls_no_switch, "nothing else"),
        ),
      );
    }
    if (service.single_point_of) {
      detail.append(part("Single point of failure of", list(service.single_point_of, "")));
    }
    if (service.single_points) {
      detail.append(
        part("Its single points of failure", list(service.single_points, "none")),
      );
    }
    if (service.needs) {
      const needs = h("ul", { class: "names" });
      for (const [target, kind] of service.needs) {
        const item = link(target);
        item.append(h("span", { class: "quiet" }, ` ${kind}`));
        needs.append(item);
      }
      detail.append(part("It needs", needs));
    }
  };

  const showGroup = (index: number): void => {
    selected = index;
    markFallen(null, index);
    const box = graph.boxes[index];
    clear(detail);
    const members = h("ul", { class: "names" });
    const search = h("input", { type: "search", "aria-label": "Find a service of this group" });
    const fillIn = (): void => {
      clear(members);
      const wanted = search.value.toLowerCase();
      const found = box.services.filter((id) =>
        (title(id) + " " + graph.services[id].name).toLowerCase().includes(wanted),
      );
      for (const id of found.slice(0, MOST_LISTED)) {
        const item = link(id);
        item.append(h("span", { class: "quiet" }, ` served ${percent(graph.services[id].served)}`));
        members.append(item);
      }
      if (found.length > MOST_LISTED) {
        members.append(h("li", { class: "quiet" }, `and ${found.length - MOST_LISTED} more`));
      }
    };
    search.addEventListener("input", fillIn);
    fillIn();
    detail.append(h("h3", {}, name(box.full)), search, members);
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

// --- the player: a run minute by minute ---

interface Track {
  title: string;
  sentence: string;
  from: number;
  to: number;
  frames: Frame[];
  story: Replay["story"];
}

function stateAt(track: Track, t: number, services: number): number[] {
  const served = new Array<number>(services).fill(1);
  for (const [at, changes] of track.frames) {
    if (at > t) break;
    for (let i = 0; i < changes.length; i += 2) served[changes[i]] = changes[i + 1];
  }
  return served;
}

function makePlayer(
  graph: Graph,
  replays: Replay[],
  until: number,
  begins: number,
  paint: (served: number[], what: string) => void,
): { controls: HTMLElement; story: HTMLElement } {
  const tracks: Track[] = [
    {
      title: "all runs, the mean",
      sentence: "The mean of all runs, moment by moment.",
      from: begins,
      to: until,
      frames: graph.mean,
      story: [],
    },
    ...replays,
  ];
  let track = tracks[0];
  let timer = 0;
  const slider = h("input", { type: "range", class: "time", "aria-label": "Time" });
  const time = h("output", { class: "clock" });
  const words = h("p", { class: "track-words", role: "status" });
  const story = h("ol", { class: "story", tabindex: 0, "aria-label": "What happens in this run" });
  const play = button("▶ Play", () => (timer ? stop() : start()), { class: "play" });

  const show = (t: number): void => {
    slider.value = String(t);
    slider.setAttribute("aria-valuetext", clock(t));
    time.textContent = clock(t);
    paint(stateAt(track, t, graph.services.length), `at ${clock(t)}`);
    let last: HTMLElement | null = null;
    track.story.forEach(([at], i) => {
      const item = story.children[i] as HTMLElement;
      item.classList.toggle("past", at <= t);
      item.classList.remove("now");
      if (at <= t) last = item;
    });
    if (last) {
      (last as HTMLElement).classList.add("now");
      story.scrollTop = (last as HTMLElement).offsetTop - story.clientHeight / 2;
    }
  };

  const stop = (): void => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "▶ Play";
  };

  const start = (): void => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const step = (track.to - track.from) / (calm ? 24 : 240);
    if (Number(slider.value) >= track.to - step / 2) slider.value = String(track.from);
    play.textContent = "⏸ Pause";
    timer = window.setInterval(() => {
      const t = Math.min(track.to, Number(slider.value) + Math.max(60, step));
      show(t);
      if (t >= track.to) stop();
    }, calm ? 1000 : 80);
  };

  const load = (index: number): void => {
    stop();
    track = tracks[index];
    slider.min = String(track.from);
    slider.max = String(Math.ceil(track.to));
    slider.step = String(track.to - track.from > 60 * 120 ? 60 : 1);
    clear(story);
    story.hidden = track.story.length === 0;
    for (const [, at, what, why] of track.story) {
      story.append(
        h("li", {}, h("time", {}, at), " ", name(what), why ? h("span", { class: "quiet" }, " ", name(why)) : null),
      );
    }
    words.textContent = track.sentence;
    show(track.from);
  };

  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  const controls = h(
    "div",
    { class: "player" },
    choice("Show", tracks.map((one) => one.title), (index) => load(index)),
    play,
    slider,
    time,
    words,
  );
  load(0);
  // To begin with: not a moment but the whole time.
  paint(
    graph.services.map((one) => one.served),
    "on average",
  );
  time.textContent = "whole time";
  return { controls, story };
}
