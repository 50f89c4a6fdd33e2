// What the C++ side computed, see viz/report_data.h. Times are seconds from the
// scenario's start; null is not defined.

export type Maybe = number | null;

export interface Card {
  label: string;
  value: string;
  note: string;
}

export interface Listed {
  count: number;
  first: number[];
}

export interface Service {
  name: string;
  label?: string;
  kind: string;
  cells?: number;
  served: number;
  fell: Maybe;
  below_s: Maybe;
  words: string;
  falls?: Listed;
  falls_no_switch?: Listed;
  users?: string;
  users_no_switch?: string;
  single_point_of?: Listed;
  single_points?: Listed;
  needs?: [number, string][];
}

export interface Box {
  title: string;
  full: string;
  services: number[];
  x: number;
  y: number;
}

export interface Line {
  owner: number;
  target: number;
  kind: string;
  needs: number;
  path: string;
}

// [t, [service, served, service, served, …]]
export type Frame = [number, number[]];

export interface Graph {
  width: number;
  height: number;
  box_width: number;
  box_height: number;
  sentence: string;
  boxes: Box[];
  lines: Line[];
  services: Service[];
  box_of: number[];
  struck: number[];
  mean: Frame[];
}

export interface Replay {
  title: string;
  sentence: string;
  from: number;
  to: number;
  frames: Frame[];
  story: [number, string, string, string][];
}

export interface Quantiles {
  p5: Maybe[];
  p25: Maybe[];
  p50: Maybe[];
  p75: Maybe[];
  p95: Maybe[];
}

export interface Milestone {
  t: number;
  name: string;
  words: string;
}

export interface Band extends Quantiles {
  product: string;
  sentence: string;
  falls: boolean; // something to see
  milestones: Milestone[];
  t: number[];
  mean: Maybe[];
}

export interface Stage {
  name: string;
  meaning: string;
  mean_s: number;
  mean: string;
  middle: string;
  range: string;
}

export interface Stages {
  fault: string;
  sentence: string;
  parts: Stage[];
}

export interface Recovery {
  product: string;
  what: string;
  sentence: string;
  log: boolean;
  edges: number[];
  counts: number[];
  n: number;
  censored: number;
  p5: Maybe;
  p50: Maybe;
  p95: Maybe;
  recorded: Maybe;
  recorded_text: string;
}

export interface PeopleChart extends Quantiles {
  title: string;
  sentence: string;
}

export interface People {
  runs: string;
  t: number[];
  charts: PeopleChart[];
}

export interface Strategy {
  strategy: string;
  why: string;
  harm: Maybe;
  harm_low: Maybe;
  harm_high: Maybe;
  harm_text: string;
  change: Maybe;
  change_text: string;
  best: Maybe;
  best_text: string;
  price: Maybe; // null: not given
  price_text: string;
  hour: Maybe;
  hour_text: string;
  frontier: boolean;
  recommended: boolean;
}

export interface ForestRow {
  strategy: string;
  difference: number;
  low: Maybe;
  high: Maybe;
  mean: string;
  words: string;
  chance: boolean;
}

export interface Forest {
  title: string;
  unit: string;
  better: "left" | "right";
  baseline: string;
  rows: ForestRow[];
}

export interface Strategies {
  sentence: string;
  note: string;
  harm_title: string;
  harm_unit: string;
  rows: Strategy[];
  forests: Forest[];
}

export interface RealityRow {
  product: string;
  milestone: string;
  recorded: string;
  recorded_s: number;
  middle: string;
  band: string;
  p5: Maybe;
  p25: Maybe;
  p50: Maybe;
  p75: Maybe;
  p95: Maybe;
  percentile: string;
  verdict: string;
  source: string;
}

export interface Reality {
  sentence: string;
  command: string;
  rows: RealityRow[];
}

export interface PlainTable {
  title: string;
  sentence: string;
  columns: string[];
  id: string;
  command: string;
  folded: boolean;
  rows: string[][];
}

export type Cell = [Maybe, string] | null;

export interface MetricRow {
  of: string;
  name: string;
  metric: string;
  unit: string;
  meaning: string;
  mean: Cell;
  p5: Cell;
  p50: Cell;
  p95: Cell;
}

export interface Provenance {
  facts: [string, string][];
  command: string;
  texts: [string, string][]; // path, text
}

export interface Report {
  format: number;
  title: string;
  shows: string;
  expect: string;
  headline: string;
  cards: Card[];
  begins: number;
  until: number;
  substantial: number;
  graph: Graph;
  replays: Replay[];
  bands: Band[];
  spared: string | null;
  stages: Stages[];
  recovery: Recovery[];
  people: People | null;
  strategies: Strategies | null;
  reality: Reality | null;
  tables: PlainTable[];
  metrics: MetricRow[];
  provenance: Provenance;
}
