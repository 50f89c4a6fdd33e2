// Strategies: paired differences, price against harm, and the table of all.
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { leftAxis, room, tickBelow, type Room } from "./axes";
import type { Forest, ForestRow, Strategies, Strategy } from "./data";
import { choice, h, s } from "./dom";
import { figure } from "./figure";
import { count, quantity } from "./format";
import { dataTable } from "./table";

const ROW = 40;
const VALUES = 118; // the room for the values, beside the drawing

function forestSentence(forest: Forest): string {
  const good = forest.better === "left" ? "less" : "more";
  const sure = forest.rows.filter((row) => !row.chance).length;
  return (
    `${forest.title}: difference from the baseline (${forest.baseline}), ${good} is better. ` +
    `${sure} of ${forest.rows.length} strategies differ by more than chance.`
  );
}

function drawForestRow(
  svg: SVGElement,
  row: ForestRow,
  y: number,
  x: (value: number) => number,
  width: number,
): void {
  const style = row.chance ? "forest chance" : "forest";
  const low = row.low ?? row.difference;
  const high = row.high ?? row.difference;
  svg.append(
    s("text", { class: "row-label", x: 8, y: y - 8 }, row.strategy),
    s("text", { class: "row-value", x: width - 8, y: y + 8, "text-anchor": "end" }, row.words),
    s("line", { class: style, x1: x(low), x2: x(high), y1: y + 4, y2: y + 4 }),
    s("circle", { class: style, cx: x(row.difference), cy: y + 4, r: 5 }),
  );
}

function forestFigure(forests: Forest[]): HTMLElement {
  let chosen = forests[0];
  const draw = (width: number, svg: SVGSVGElement): number => {
    const height = 20 + ROW * chosen.rows.length + 34;
    const r = { ...room(width, height, 12), top: 4 };
    const ends = chosen.rows.flatMap((row) => [row.low ?? row.difference, row.high ?? row.difference]);
    const low = Math.min(0, ...ends);
    const high = Math.max(0, ...ends);
    const x = scaleLinear([low, high === low ? low + 1 : high], [r.left + 8, width - r.right - VALUES]);
    const format = quantity(chosen.unit);
    for (const at of x.ticks(Math.max(2, Math.floor((width - VALUES) / 90)))) {
      tickBelow(svg, x(at), format(at), r);
    }
    svg.append(s("line", { class: "zero", x1: x(0), x2: x(0), y1: 4, y2: height - r.bottom }));
    chosen.rows.forEach((row, i) => drawForestRow(svg, row, 30 + ROW * i, x, width));
    return height;
  };
  const made = figure({
    title: "What each strategy changes",
    sentence: forestSentence(chosen),
    file: "differences.csv",
    tools:
      forests.length > 1
        ? [
            choice("Of", forests.map((one) => one.title), (index) => {
              chosen = forests[index];
              made.say(forestSentence(chosen));
              made.redraw();
            }),
          ]
        : [],
    rows: () => [
      ["metric", "unit", "strategy", "difference", "ci_low", "ci_high"],
      ...forests.flatMap((forest) =>
        forest.rows.map((row) => [
          forest.title,
          forest.unit,
          row.strategy,
          row.difference,
          row.low,
          row.high,
        ]),
      ),
    ],
    draw,
    legend: [
      ["key-sure", "difference and its 95 % interval"],
      ["key-chance", "may be chance"],
    ],
  });
  return made.element;
}

interface Spot {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

// Where a label meets no other: tried around its point, further and further.
function freeSpot(x: number, y: number, size: number, taken: Spot[], r: Room): Spot {
  const spot = (left: number, top: number): Spot => ({ left, right: left + size, top, bottom: top + 15 });
  const meets = (a: Spot, b: Spot): boolean =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (let away = 0; away < 90; away += 6) {
    for (const one of [
      spot(x + 9 + away / 3, y - 8 - away),
      spot(x + 9 + away / 3, y - 8 + away),
      spot(x - 9 - size, y - 8 - away),
    ]) {
      const inside = one.left > r.left && one.right < r.width && one.top > 0 && one.bottom < r.height - r.bottom;
      if (inside && !taken.some((other) => meets(one, other))) return one;
    }
  }
  return spot(x + 9, y - 8);
}

type Priced = Strategy & { price: number };

function frontierFigure(data: Strategies): HTMLElement {
  const points = data.rows.filter((row): row is Priced => row.harm !== null && row.price !== null);
  const unpriced = data.rows.filter((row) => row.price === null).length;
  const frontier = points
    .filter((row) => row.frontier)
    .sort((a, b) => a.price - b.price);
  const draw = (width: number, svg: SVGSVGElement): number => {
    const height = 300;
    const r = room(width, height, 62);
    const x = scaleLinear([0, Math.max(1, ...points.map((p) => p.price)) * 1.05], [r.left, width - r.right]);
    const most = Math.max(...points.map((p) => p.harm_high ?? p.harm ?? 0)) * 1.05;
    const y = scaleLinear([0, most || 1], [height - r.bottom, r.top]);
    leftAxis(svg, y, r, quantity(data.harm_unit));
    for (const at of x.ticks(Math.max(2, Math.floor(width / 110)))) {
      tickBelow(svg, x(at), count(at), r);
    }
    const path = line<Priced>((p) => x(p.price), (p) => y(p.harm ?? 0))(frontier);
    svg.append(s("path", { class: "frontier-line", d: path ?? "" }));
    const taken: Spot[] = points.map((p) => ({
      left: x(p.price) - 6,
      right: x(p.price) + 6,
      top: y(p.harm ?? 0) - 6,
      bottom: y(p.harm ?? 0) + 6,
    }));
    for (const p of [...points].sort((a, b) => (b.harm ?? 0) - (a.harm ?? 0))) {
      const cx = x(p.price);
      const cy = y(p.harm ?? 0);
      const spot = freeSpot(cx, cy, p.strategy.length * 6.8, taken, r);
      taken.push(spot);
      svg.append(
        s("line", {
          class: "whisker",
          x1: cx,
          x2: cx,
          y1: y(p.harm_low ?? p.harm ?? 0),
          y2: y(p.harm_high ?? p.harm ?? 0),
        }),
        s(
          "circle",
          {
            class: p.recommended ? "point recommended" : p.frontier ? "point on" : "point",
            cx,
            cy,
            r: p.recommended ? 7 : 5,
          },
          s("title", {}, `${p.strategy}: ${p.price_text} a year, ${p.harm_text}`),
        ),
      );
      const far = Math.abs(spot.top + 8 - cy) > 14;
      if (far) {
        svg.append(s("line", { class: "leader", x1: cx, y1: cy, x2: Math.max(cx, spot.left - 2), y2: spot.bottom - 7 }));
      }
      svg.append(s("text", { class: "point-label", x: spot.left, y: spot.bottom - 3 }, p.strategy));
    }
    svg.append(
      s("text", { class: "tick", x: width - r.right, y: height + 13, "text-anchor": "end" }, "price, USD a year"),
    );
    return height + 18;
  };
  const names = frontier.map((one) => one.strategy).join(", ");
  return figure({
    title: "Price against harm",
    sentence:
      `Upright: ${data.harm_title}; to the right: price a year. ` +
      `Nothing is both cheaper and less harmful than: ${names}.` +
      (unpriced > 0 ? ` Not shown, for no price is given: ${unpriced} of ${data.rows.length}.` : ""),
    file: "frontier.csv",
    rows: () => [
      ["strategy", "price_per_year", "harm", "ci_low", "ci_high", "on_frontier"],
      ...points.map((p) => [p.strategy, p.price, p.harm, p.harm_low, p.harm_high, p.frontier]),
    ],
    draw,
    legend: [
      ["key-recommended", "recommended"],
      ["key-on", "on the frontier"],
      ["key-point", "others"],
    ],
  }).element;
}

export function strategiesSection(data: Strategies): HTMLElement {
  const table = dataTable<Strategy>(
    [
      { title: "strategy", text: (row) => row.strategy, hint: (row) => row.why },
      { title: data.harm_title, text: (row) => row.harm_text, value: (row) => row.harm, numeric: true },
      { title: "change", text: (row) => row.change_text, value: (row) => row.change, numeric: true },
      { title: "chance to be best", text: (row) => row.best_text, value: (row) => row.best, numeric: true },
      { title: "price a year", text: (row) => row.price_text, value: (row) => row.price, numeric: true },
      { title: "price of a user-hour", text: (row) => row.hour_text, value: (row) => row.hour, numeric: true },
      { title: "frontier", text: (row) => (row.frontier ? "yes" : "") },
    ],
    data.rows,
    {
      caption: "Strategies",
      file: "strategies.csv",
      filter: true,
      mark: (row) => (row.recommended ? "recommended" : ""),
    },
  );
  const reasons = h("dl", { class: "reasons" });
  for (const row of data.rows) {
    if (!row.why || row.strategy === "(baseline)") continue;
    reasons.append(
      h("dt", {}, h("bdi", {}, row.strategy)),
      h("dd", { dir: "auto" }, row.why),
    );
  }
  return h(
    "div",
    {},
    h("p", { class: "sentence" }, data.sentence),
    h("div", { class: "pair" }, forestFigure(data.forests), frontierFigure(data)),
    table,
    h("details", {}, h("summary", {}, "What each strategy is"), reasons),
    h("p", { class: "quiet" }, data.note),
  );
}
