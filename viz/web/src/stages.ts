// Where the time goes: a stacked bar for each fault.
import { scaleLinear } from "d3-scale";
import { room, timeAxis } from "./axes";
import type { Stages } from "./data";
import { h, name, s } from "./dom";
import { figure } from "./figure";

const BAR = 30;
const ROW = 62;

export function stagesFigure(all: Stages[]): HTMLElement {
  const longest = Math.max(
    ...all.map((one) => one.parts.reduce((sum, part) => sum + part.mean_s, 0)),
  );
  const draw = (width: number, svg: SVGSVGElement): number => {
    const height = 16 + ROW * all.length + 30;
    const r = { ...room(width, height, 18), top: 4 };
    const x = scaleLinear([0, longest], [r.left, width - r.right]);
    timeAxis(svg, x, r);
    all.forEach((fault, row) => {
      const top = 24 + ROW * row;
      svg.append(s("text", { class: "row-label", x: r.left, y: top - 6 }, fault.fault));
      let at = 0;
      fault.parts.forEach((part) => {
        const from = x(at);
        at += part.mean_s;
        const size = x(at) - from;
        if (size <= 0) return;
        svg.append(
          s(
            "rect",
            { class: `stage stage-${part.name}`, x: from, y: top, width: size, height: BAR },
            s("title", {}, `${part.name}, ${part.meaning}: ${part.mean} on average`),
          ),
        );
        if (size > part.name.length * 7 + 8) {
          svg.append(
            s("text", { class: "stage-label", x: from + 6, y: top + BAR / 2 + 4 }, part.name),
          );
        }
      });
    });
    return height;
  };
  const body = h("tbody");
  for (const fault of all) {
    for (const part of fault.parts) {
      body.append(
        h(
          "tr",
          {},
          h("td", {}, name(fault.fault)),
          h(
            "th",
            { scope: "row" },
            h("span", { class: `key stage-${part.name}` }),
            `${part.name} (${part.meaning})`,
          ),
          h("td", { class: "number" }, part.middle),
          h("td", { class: "number" }, part.range),
          h("td", { class: "number" }, part.mean),
        ),
      );
    }
  }
  const element = figure({
    title: "Mean time in each stage",
    sentence: all.map((one) => one.sentence).join(" "),
    file: "stages.csv",
    rows: () => [
      ["fault", "stage", "mean_s"],
      ...all.flatMap((one) => one.parts.map((part) => [one.fault, part.name, part.mean_s])),
    ],
    draw,
  }).element;
  const heads = ["fault", "stage", "middle case", "90 % of cases", "mean ± 95 %"];
  element.append(
    h(
      "div",
      { class: "scrolls", tabindex: 0, role: "region", "aria-label": "stages" },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h("tr", {}, ...heads.map((text, i) =>
            h("th", { scope: "col", class: i > 1 ? "number" : undefined }, text))),
        ),
        body,
      ),
    ),
  );
  return element;
}
