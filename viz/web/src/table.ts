// A table that sorts by a click on a heading and filters as one types.
import { button, clear, freshId, h, name } from "./dom";
import { csvButton } from "./csv";

export interface Column<Row> {
  title: string;
  text: (row: Row) => string;
  value?: (row: Row) => number | string | null; // sorts; by default the text
  numeric?: boolean;
  hint?: (row: Row) => string;
}

export interface TableOptions<Row> {
  caption: string;
  file: string;
  filter?: boolean;
  most?: number;
  mark?: (row: Row) => string;
}

type Key = number | string | null;

// What is not defined comes last either way.
function compared(a: Key, b: Key, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * String(a).localeCompare(String(b));
}

export function dataTable<Row>(
  columns: Column<Row>[],
  rows: Row[],
  options: TableOptions<Row>,
): HTMLElement {
  let sorted = -1;
  let sign = 1;
  let wanted = "";
  let most = options.most ?? 200;
  const body = h("tbody");
  const more = h("p", { class: "more" });
  const status = h("span", { class: "quiet", role: "status" });

  const key = (column: Column<Row>, row: Row): Key =>
    column.value ? column.value(row) : column.text(row);

  const visible = (): Row[] => {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const kept = rows.filter((row) => {
      const text = columns.map((column) => column.text(row)).join(" ");
      return words.every((word) => text.toLowerCase().includes(word));
    });
    if (sorted < 0) return kept;
    const column = columns[sorted];
    return kept.sort((a, b) => compared(key(column, a), key(column, b), sign));
  };

  const draw = (): void => {
    const kept = visible();
    clear(body);
    for (const row of kept.slice(0, most)) {
      const line = h("tr", { class: options.mark?.(row) });
      columns.forEach((column, i) => {
        const hint = column.hint?.(row);
        const content = name(column.text(row));
        line.append(
          i === 0
            ? h("th", { scope: "row", title: hint }, content)
            : h("td", { class: column.numeric ? "number" : undefined, title: hint }, content),
        );
      });
      body.append(line);
    }
    status.textContent =
      kept.length < rows.length ? `${kept.length} of ${rows.length} rows` : "";
    clear(more);
    if (kept.length > most) {
      more.append(
        button(`Show all ${kept.length} rows`, () => {
          most = Infinity;
          draw();
        }),
      );
    }
  };

  const head = h("tr");
  columns.forEach((column, i) => {
    const heading = h("th", {
      scope: "col",
      class: column.numeric ? "number" : undefined,
      "aria-sort": "none",
    });
    heading.append(
      button(column.title, () => {
        sign = sorted === i ? -sign : 1;
        sorted = i;
        for (const other of head.children) other.setAttribute("aria-sort", "none");
        heading.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
        draw();
      }),
    );
    head.append(heading);
  });

  const tools = h("div", { class: "tools" });
  if (options.filter) {
    const id = freshId("filter");
    const input = h("input", { id, type: "search", autocomplete: "off" });
    input.addEventListener("input", () => {
      wanted = input.value;
      draw();
    });
    tools.append(h("label", { for: id }, "Filter "), input, " ", status);
  }
  tools.append(
    csvButton(options.file, () => [
      columns.map((column) => column.title),
      ...visible().map((row) =>
        columns.map((column) => {
          const value = column.value ? column.value(row) : column.text(row);
          return value === null ? "" : value;
        }),
      ),
    ]),
  );
  draw();
  return h(
    "div",
    { class: "data-table" },
    tools,
    h(
      "div",
      { class: "scrolls", tabindex: 0, role: "region", "aria-label": options.caption },
      h("table", {}, h("caption", {}, options.caption), h("thead", {}, head), body),
    ),
    more,
  );
}
