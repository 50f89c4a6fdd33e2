// The data behind a chart as a file, without a server.
import { button } from "./dom";

export type Rows = (string | number | null | boolean)[][];

function field(value: string | number | null | boolean): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvText(rows: Rows): string {
  return rows.map((row) => row.map(field).join(",") + "\r\n").join("");
}

export function csvButton(file: string, rows: () => Rows): HTMLElement {
  const save = (): void => {
    const blob = new Blob([csvText(rows())], { type: "text/csv" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return button("CSV", save, {
    class: "csv",
    "aria-label": `Save the data as ${file}`,
  });
}
