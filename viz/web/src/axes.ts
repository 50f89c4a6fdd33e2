// Axes and the room around a drawing.
import type { ScaleContinuousNumeric } from "d3-scale";
import { s } from "./dom";
import { timeTicks } from "./format";

export type Scale = ScaleContinuousNumeric<number, number>;

export interface Room {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function room(width: number, height: number, left = 52): Room {
  return { width, height, left, right: 12, top: 12, bottom: 30 };
}

export function timeAxis(svg: SVGElement, x: Scale, r: Room): void {
  const [from, to] = x.domain();
  const most = Math.max(2, Math.floor((r.width - r.left - r.right) / 62));
  for (const { at, label } of timeTicks(from, to, most)) {
    tickBelow(svg, x(at), label, r);
  }
}

export function tickBelow(svg: SVGElement, at: number, label: string, r: Room): void {
  svg.append(
    s("line", { class: "grid", x1: at, x2: at, y1: r.top, y2: r.height - r.bottom }),
    s("text", { class: "tick", x: at, y: r.height - r.bottom + 18, "text-anchor": "middle" }, label),
  );
}

export function leftAxis(
  svg: SVGElement,
  y: Scale,
  r: Room,
  format: (value: number) => string,
): void {
  for (const at of y.ticks(5)) {
    svg.append(
      s("line", { class: "grid", x1: r.left, x2: r.width - r.right, y1: y(at), y2: y(at) }),
      s("text", { class: "tick", x: r.left - 6, y: y(at) + 4, "text-anchor": "end" }, format(at)),
    );
  }
}

// Text beside an upright line, inside the picture: on the other side where it
// would not fit.
export function labelAt(
  svg: SVGElement,
  x: number,
  y: number,
  text: string,
  r: Room,
  { style, right }: { style: string; right: boolean },
): void {
  const size = 4 + text.length * 6.6;
  const after = right ? x + size < r.width - r.right : x - size < r.left;
  svg.append(
    s(
      "text",
      { class: style, x: after ? x + 4 : x - 4, y, "text-anchor": after ? "start" : "end" },
      text,
    ),
  );
}
