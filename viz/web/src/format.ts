// Axis labels. All other numbers come as text from the C++ side.

const UNITS: [number, string][] = [
  [86400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
];

const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 14400,
  21600, 43200, 86400, 172800, 345600, 604800, 1209600, 2592000, 5184000,
];

function trimmed(value: number): string {
  return String(Number(value.toPrecision(4)));
}

// A round time in the largest unit that it is whole in: "1 h", not "60 min".
export function wholeDuration(seconds: number): string {
  const [size, unit] = UNITS.find(([one]) => seconds % one === 0) ?? [1, "s"];
  return `${trimmed(seconds / size)} ${unit}`;
}

// One unit for a whole axis: hours, where it is longer than three of them.
export function timeTicks(
  from: number,
  to: number,
  most: number,
): { at: number; label: string }[] {
  const step =
    STEPS.find((one) => (to - from) / one <= most) ?? (to - from) / most;
  const hours = step >= 900 && to - from > 3 * 3600;
  const [size, unit] = UNITS.find(([one]) => step >= one || (hours && one === 3600)) ?? [1, "s"];
  const ticks = [];
  for (let i = Math.ceil(from / step); i * step <= to; ++i) {
    const at = i * step;
    ticks.push({ at, label: `${trimmed(at / size)} ${unit}` });
  }
  return ticks;
}

export function duration(seconds: number): string {
  const size = Math.abs(seconds);
  const [unit, word] =
    size >= 2 * 86400
      ? UNITS[0]
      : size >= 5400
        ? UNITS[1]
        : size >= 100
          ? UNITS[2]
          : UNITS[3];
  return `${Number((seconds / unit).toPrecision(2))} ${word}`;
}

// "1 d 02:05", "-0:04": the scenario's clock.
export function clock(seconds: number): string {
  const total = Math.round(Math.abs(seconds) / 60);
  const days = Math.floor(total / 1440);
  const text = `${Math.floor(total / 60) % 24}:${String(total % 60).padStart(2, "0")}`;
  return (seconds < 0 && total > 0 ? "-" : "") + (days ? `${days} d ` : "") + text;
}

const LARGE: [number, string][] = [
  [1e12, " T"],
  [1e9, " G"],
  [1e6, " M"],
  [1e3, " k"],
];

export function count(value: number): string {
  const size = Math.abs(value);
  for (const [unit, word] of LARGE) {
    if (size >= unit) return trimmed(value / unit) + word;
  }
  return trimmed(value);
}

export function percent(share: number): string {
  const value = share * 100;
  if (value > 99 && value < 100) return `${Math.floor(value * 10) / 10} %`;
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} %`;
}

export function quantity(unit: string): (value: number) => string {
  if (unit === "s") return duration;
  return unit === "1" ? percent : count;
}
