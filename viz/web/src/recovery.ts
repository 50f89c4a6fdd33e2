// How long it takes: a histogram, with what was recorded marked on it.
import { scaleLinear, scaleLog } from "d3-scale";
import { labelAt, leftAxis, room, tickBelow, timeAxis } from "./axes";
import type { Recovery } from "./data";
import { s } from "./dom";
import { figure } from "./figure";
import { count, duration, percent, wholeDuration } from "./format";

const LOG_TICKS = [
  1, 10, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400, 172800, 604800,
  2592000,
];

export function recoveryFigure(data: Recovery): HTMLElement {
  const { edges, counts } = data;
  const low = Math.min(edges[0], data.recorded ?? Infinity);
  const high = Math.max(edges[edges.length - 1], data.recorded ?? 0);
  const draw = (width: number, svg: SVGSVGElement): number => {
    const height = 220;
    const r = room(width, height, 58);
    const make = data.log ? scaleLog : scaleLinear;
    const x = make([low, high], [r.left, width - r.right]);
    const shares = counts.map((one) => one / data.n);
    const y = scaleLinear([0, Math.max(...shares)], [height - r.bottom, r.top + 26]);
    leftAxis(svg, y, r, percent);
    if (data.log) {
      let last = -Infinity;
      for (const at of LOG_TICKS) {
        if (at < low || at > high || x(at) - last < 52) continue;
        last = x(at);
        tickBelow(svg, x(at), wholeDuration(at), r);
      }
    } else {
      timeAxis(svg, x, r);
    }
    shares.forEach((share, i) => {
      if (share === 0) return;
      svg.append(
        s(
          "rect",
          {
            class: "bar",
            x: x(edges[i]) + 0.5,
            width: Math.max(1, x(edges[i + 1]) - x(edges[i]) - 1),
            y: y(share),
            height: height - r.bottom - y(share),
          },
          s("title", {}, `${duration(edges[i])} to ${duration(edges[i + 1])}: ${percent(share)}`),
        ),
      );
    });
    const mark = (at: number | null, text: string, style: string, right: boolean): void => {
      if (at === null) return;
      svg.append(
        s("line", { class: style, x1: x(at), x2: x(at), y1: r.top, y2: height - r.bottom }),
      );
      labelAt(svg, x(at), r.top + 9, text, r, { style: `${style}-label`, right });
    };
    // Each label on its own side of the two lines.
    const recorded = data.recorded ?? low;
    mark(data.p50, "middle", "middle", (data.p50 ?? 0) >= recorded);
    mark(data.recorded, data.recorded_text, "milestone", recorded > (data.p50 ?? low));
    return height;
  };
  return figure({
    title: data.product,
    sentence: data.sentence,
    file: "time-to-recover.csv",
    rows: () => [
      ["product", "what", "from_s", "to_s", "count"],
      ...counts.map((one, i) => [data.product, data.what, edges[i], edges[i + 1], one]),
    ],
    draw,
    label: `${data.sentence} Histogram of ${count(data.n)} outages.`,
  }).element;
}
