// A chart with what every chart has: a title, one sentence, its data as CSV and
// as a table, and a drawing that follows the width of the page.
import { csvButton, type Rows } from "./csv";
import { clear, h, name, s, type Child } from "./dom";

export interface FigureOptions {
  title: string;
  sentence: string;
  file: string;
  rows: () => Rows;
  draw: (width: number, svg: SVGSVGElement) => number; // returns the height
  label?: string; // for those who do not see it; the sentence by default
  tools?: Child[];
  legend?: [string, string][]; // class, words
  cursor?: Cursor;
}

// Moments that can be looked at one by one, with the pointer or the arrow keys.
export interface Cursor {
  size: () => number;
  nearest: (x: number) => number;
  show: (index: number, svg: SVGSVGElement) => string; // the words for it
}

export interface Figure {
  element: HTMLElement;
  redraw: () => void;
  say: (sentence: string) => void;
}

function rowsTable(rows: Rows): HTMLElement {
  const [head, ...body] = rows;
  return h(
    "div",
    { class: "scrolls", tabindex: 0, role: "region", "aria-label": "data" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...head.map((c) => h("th", { scope: "col" }, String(c))))),
      h(
        "tbody",
        {},
        ...body.map((row) =>
          h("tr", {}, ...row.map((c) => h("td", {}, name(c === null ? "" : String(c))))),
        ),
      ),
    ),
  );
}

function dataDetails(rows: () => Rows): HTMLElement {
  const details = h("details", { class: "data" }, h("summary", {}, "Data"));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(rowsTable(rows()));
  });
  return details;
}

function attachCursor(
  svg: SVGSVGElement,
  cursor: Cursor,
  output: HTMLElement,
): void {
  let at = 0;
  const show = (index: number): void => {
    at = Math.max(0, Math.min(cursor.size() - 1, index));
    output.textContent = cursor.show(at, svg);
  };
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    show(cursor.nearest((event.clientX - box.left) * scale));
  });
  svg.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      PageUp: at + 10,
      PageDown: at - 10,
      Home: 0,
      End: cursor.size() - 1,
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    show(steps[event.key]);
  });
}

export function figure(options: FigureOptions): Figure {
  const svg = s("svg", {
    role: "img",
    "aria-label": options.label ?? options.sentence,
    tabindex: options.cursor ? 0 : undefined,
  });
  const drawing = h("div", { class: "drawing" }, svg);
  const output = h("output", { class: "readout", "aria-live": "polite" });
  const sentence = h("p", { class: "sentence" }, options.sentence);
  let width = 0;
  const redraw = (): void => {
    if (width === 0) return;
    clear(svg);
    const height = options.draw(width, svg);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  };
  new ResizeObserver(() => {
    const now = Math.round(drawing.clientWidth);
    if (now === width || now === 0) return;
    width = now;
    redraw();
  }).observe(drawing);
  if (options.cursor) attachCursor(svg, options.cursor, output);
  const legend = h("ul", { class: "legend", "aria-hidden": "true" });
  for (const [style, words] of options.legend ?? []) {
    legend.append(h("li", {}, h("span", { class: `key ${style}` }), words));
  }
  const element = h(
    "figure",
    {},
    h(
      "div",
      { class: "figure-head" },
      h("h3", {}, name(options.title)),
      h("div", { class: "tools" }, ...(options.tools ?? []), csvButton(options.file, options.rows)),
    ),
    sentence,
    drawing,
    options.legend ? legend : null,
    options.cursor ? output : null,
    dataDetails(options.rows),
  );
  return {
    element,
    redraw,
    say: (text) => {
      sentence.textContent = text;
      svg.setAttribute("aria-label", text);
    },
  };
}
