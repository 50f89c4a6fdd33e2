// The page: sections from top to bottom, each drawn from the data as it is.
import { bandFigure } from "./bands";
import type { Band, MetricRow, PlainTable, Reality, RealityRow, Report } from "./data";
import { button, choice, h, name, type Child } from "./dom";
import { count, percent } from "./format";
import { graphSection } from "./graph";
import { recoveryFigure } from "./recovery";
import { stagesFigure } from "./stages";
import { strategiesSection } from "./strategies";
import { dataTable } from "./table";

const contents: [string, string][] = [];

function section(id: string, title: string, ...children: Child[]): HTMLElement {
  contents.push([id, title]);
  return h("section", { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title), ...children);
}

function themeButton(): HTMLElement {
  const root = document.documentElement;
  const dark = (): boolean =>
    root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  const toggle = button("Light or dark", () => {
    root.dataset.theme = dark() ? "light" : "dark";
  });
  toggle.classList.add("theme");
  return toggle;
}

function header(report: Report): HTMLElement {
  const cards = h("div", { class: "cards" });
  for (const card of report.cards) {
    cards.append(
      h("div", { class: "card", tabindex: card.note.length + card.value.length > 600 ? 0 : undefined },
        h("h2", {}, card.label),
        h("p", { class: "card-value" }, card.value),
        h("p", { class: "card-note" }, card.note)),
    );
  }
  return h("header", {},
    h("p", { class: "path" }, name(report.title), themeButton()),
    h("h1", {}, report.headline),
    cards,
    report.shows ? h("p", { class: "shows", dir: "auto" }, report.shows) : null);
}

function bandOf(band: Band): HTMLElement {
  return bandFigure({
    title: band.product,
    sentence: band.sentence,
    file: "served-fraction.csv",
    t: band.t,
    bands: band,
    most: 1,
    format: percent,
    milestones: band.milestones,
  }).element;
}

// A few products side by side; of many one at a time.
function bandsPart(bands: Band[], spared: string | null): HTMLElement {
  const falling = bands.filter((one) => one.falls);
  const shown = falling.length > 0 ? falling : bands.slice(0, 1);
  const rest = spared ? h("p", { class: "quiet", dir: "auto" }, spared) : null;
  if (shown.length <= 4) {
    return h("div", {}, h("div", { class: "pair" }, ...shown.map(bandOf)), rest);
  }
  const holder = h("div", {}, bandOf(shown[0]));
  const pick = choice("Product", shown.map((one) => one.product), (index) =>
    holder.replaceChildren(bandOf(shown[index])));
  return h("div", {}, pick, holder, rest);
}

function commandPart(words: string, command: string): HTMLElement {
  return h("div", {},
    h("p", {}, words),
    h("pre", { class: "command", tabindex: 0, "aria-label": "command" }, command));
}

function realityPart(reality: Reality): HTMLElement {
  return h("div", {},
    h("p", { class: "sentence" }, reality.sentence),
    dataTable<RealityRow>(
      [
        { title: "product", text: (row) => row.product },
        { title: "milestone", text: (row) => row.milestone },
        { title: "recorded", text: (row) => row.recorded, value: (row) => row.recorded_s, numeric: true },
        { title: "simulated, middle", text: (row) => row.middle, value: (row) => row.p50, numeric: true },
        { title: "90 % of runs", text: (row) => row.band, value: (row) => row.p95, numeric: true },
        { title: "percentile of reality", text: (row) => row.percentile, numeric: true },
        { title: "verdict", text: (row) => row.verdict },
        { title: "source", text: (row) => row.source },
      ],
      reality.rows,
      { caption: "Recorded moments among the simulated ones", file: "reality.csv" },
    ),
    commandPart("This command makes these percentiles again:", reality.command));
}

function tablePart(table: PlainTable): HTMLElement[] {
  const rows = dataTable<string[]>(
    table.columns.map((title, c) => ({ title, text: (row: string[]) => row[c] ?? "" })),
    table.rows,
    { caption: table.title, file: `${table.id}.csv`, filter: table.rows.length > 5 },
  );
  return [
    h("p", { class: "sentence" }, table.sentence),
    table.folded ? h("details", {}, h("summary", {}, "Show the table"), rows) : rows,
    commandPart("This command makes these numbers again:", table.command),
  ];
}

function metricsPart(rows: MetricRow[]): HTMLElement {
  const details = h("details", {}, h("summary", {}, `Show all ${rows.length} numbers`));
  const cell = (key: "mean" | "p5" | "p50" | "p95", title: string) => ({
    title,
    text: (row: MetricRow) => row[key]?.[1] ?? "",
    value: (row: MetricRow) => row[key]?.[0] ?? null,
    numeric: true,
  });
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    details.append(
      dataTable<MetricRow>(
        [
          { title: "of", text: (row) => row.name, hint: (row) => row.of },
          { title: "metric", text: (row) => row.metric, hint: (row) => row.meaning },
          { title: "unit", text: (row) => row.unit },
          cell("mean", "mean or probability"),
          cell("p5", "5 %"),
          cell("p50", "middle"),
          cell("p95", "95 %"),
        ],
        rows,
        { caption: "All numbers", file: "summary.csv", filter: true, most: 60 },
      ),
    );
  });
  return details;
}

function provenancePart(report: Report): HTMLElement {
  const { facts, command, texts } = report.provenance;
  const list = h("dl", { class: "facts" });
  for (const [key, value] of facts) {
    list.append(h("dt", {}, key), h("dd", {}, name(value)));
  }
  return h("div", {},
    list,
    commandPart("This command makes the same page again:", command),
    report.expect
      ? h("p", { dir: "auto" }, h("strong", {}, "What the author expected: "), report.expect)
      : null,
    ...texts.map(([path, text]) =>
      h("details", { class: "text" },
        h("summary", {}, name(path)),
        h("pre", { dir: "auto", tabindex: 0, "aria-label": "text of the scenario" }, text))));
}

function peoplePart(report: Report): HTMLElement | null {
  const people = report.people;
  if (!people) return null;
  return section("people", "People over time",
    h("p", { class: "quiet" }, `From the first ${people.runs} runs, all populations together.`),
    ...people.charts.map((chart) =>
      bandFigure({
        title: chart.title,
        sentence: chart.sentence,
        file: `${chart.title.toLowerCase().replaceAll(" ", "-")}.csv`,
        t: people.t,
        bands: chart,
        format: count,
        height: 200,
      }).element));
}

function page(report: Report): void {
  const main = h("main", {},
    section("system", "The system",
      graphSection(report.graph, report.replays, report.until, report.begins)),
    section("time", "Served over time", bandsPart(report.bands, report.spared)),
    report.stages.length > 0
      ? section("stages", "Where the time goes", stagesFigure(report.stages))
      : null,
    report.recovery.length > 0
      ? section("recovery", "How long it takes",
          h("div", { class: "pair" }, ...report.recovery.slice(0, 12).map(recoveryFigure)))
      : null,
    peoplePart(report),
    report.strategies
      ? section("strategies", "What to do about it", strategiesSection(report.strategies))
      : null,
    report.reality
      ? section("reality", "Where reality fell", realityPart(report.reality))
      : null,
    ...report.tables.map((table) => section(table.id, table.title, ...tablePart(table))),
    section("numbers", "All numbers", metricsPart(report.metrics)),
    section("provenance", "Where this comes from", provenancePart(report)));
  const links = h("nav", { "aria-label": "Contents" });
  for (const [id, title] of contents) links.append(h("a", { href: `#${id}` }, title));
  document.getElementById("page")?.replaceChildren(header(report), links, main);
}

const data = document.getElementById("data")?.textContent ?? "";
page(JSON.parse(data) as Report);
