// Quantiles over time as nested bands, with a cursor.
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { leftAxis, room, timeAxis, type Room, type Scale } from "./axes";
import type { Maybe, Milestone, Quantiles } from "./data";
import { s, type Child } from "./dom";
import { figure, type Figure } from "./figure";
import { clock, duration } from "./format";

export interface BandOptions {
  title: string;
  sentence: string;
  file: string;
  t: number[];
  bands: Quantiles;
  most?: number; // of the upright axis; by default the largest value
  format: (value: number) => string;
  milestones?: Milestone[];
  tools?: Child[];
  height?: number;
}

const KEYS = ["p5", "p25", "p50", "p75", "p95"] as const;

function drawMilestones(svg: SVGElement, list: Milestone[], x: Scale, r: Room): void {
  list.forEach((one, i) => {
    const at = x(one.t);
    const y = r.top + 12 + 15 * (i % 4);
    const after = at + 4 + one.name.length * 6.6 < r.width - r.right;
    svg.append(
      s("line", { class: "milestone", x1: at, x2: at, y1: r.top, y2: r.height - r.bottom }),
      s("circle", { class: "milestone-dot", cx: at, cy: y - 4, r: 3.5 }),
      s(
        "text",
        {
          class: "milestone-label",
          x: after ? at + 7 : at - 7,
          y,
          "text-anchor": after ? "start" : "end",
        },
        one.name,
        s("title", {}, one.words),
      ),
    );
  });
}

export function bandFigure(options: BandOptions): Figure {
  const { t, bands } = options;
  const largest = Math.max(...bands.p95.map((value) => value ?? 0));
  const most = options.most ?? (largest > 0 ? largest : 1);
  let x: Scale = scaleLinear();
  let y: Scale = scaleLinear();
  let r = room(0, 0);
  const defined = (value: Maybe): value is number => value !== null;

  const draw = (width: number, svg: SVGSVGElement): number => {
    const height = options.height ?? (width < 500 ? 220 : 270);
    r = room(width, height, 58);
    x = scaleLinear([t[0], t[t.length - 1]], [r.left, width - r.right]);
    y = scaleLinear([0, most], [height - r.bottom, r.top]);
    leftAxis(svg, y, r, options.format);
    timeAxis(svg, x, r);
    const between = (low: Maybe[], high: Maybe[]): string =>
      area<number>()
        .defined((i) => defined(low[i]) && defined(high[i]))
        .x((i) => x(t[i]))
        .y0((i) => y(low[i] ?? 0))
        .y1((i) => y(high[i] ?? 0))(t.keys()) ?? "";
    const middle =
      line<number>()
        .defined((i) => defined(bands.p50[i]))
        .x((i) => x(t[i]))
        .y((i) => y(bands.p50[i] ?? 0))(t.keys()) ?? "";
    svg.append(
      s("path", { class: "band-outer", d: between(bands.p5, bands.p95) }),
      s("path", { class: "band-inner", d: between(bands.p25, bands.p75) }),
      s("path", { class: "median", d: middle }),
    );
    drawMilestones(svg, options.milestones ?? [], x, r);
    svg.append(s("line", { class: "cursor", visibility: "hidden" }));
    return height;
  };

  const words = (i: number): string => {
    const value = (key: (typeof KEYS)[number]): string => {
      const one = bands[key][i];
      return one === null ? "n/a" : options.format(one);
    };
    return (
      `after ${clock(t[i])} h: middle ${value("p50")}; half of the runs ` +
      `${value("p25")} to ${value("p75")}; nine of ten ${value("p5")} to ${value("p95")}`
    );
  };

  return figure({
    title: options.title,
    sentence: options.sentence,
    file: options.file,
    tools: options.tools,
    rows: () => [["t_s", ...KEYS], ...t.map((at, i) => [at, ...KEYS.map((key) => bands[key][i])])],
    draw,
    legend: [
      ["key-median", "middle at each moment"],
      ["key-inner", "half of the runs"],
      ["key-outer", "nine of ten"],
      ...((options.milestones?.length ?? 0) > 0
        ? [["key-milestone", "recorded in reality"] as [string, string]]
        : []),
    ],
    label:
      options.sentence +
      (options.milestones ?? []).map((one) => ` ${one.words} (${duration(one.t)}).`).join(""),
    cursor: {
      size: () => t.length,
      nearest: (px) => {
        const at = x.invert(px);
        let best = 0;
        for (let i = 1; i < t.length; ++i) {
          if (Math.abs(t[i] - at) < Math.abs(t[best] - at)) best = i;
        }
        return best;
      },
      show: (i, svg) => {
        const mark = svg.querySelector(".cursor");
        mark?.setAttribute("visibility", "visible");
        for (const key of ["x1", "x2"]) mark?.setAttribute(key, String(x(t[i])));
        mark?.setAttribute("y1", String(r.top));
        mark?.setAttribute("y2", String(r.height - r.bottom));
        return words(i);
      },
    },
  });
}
