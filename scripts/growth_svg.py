#!/usr/bin/env python3
"""Draws docs/growth.svg from the table that scripts/growth.sh printed into
docs/performance.md: time and memory against size, both axes logarithmic, with a
line of slope one to compare with. From the checkout: scripts/growth_svg.py"""
import math
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, LEFT, TOP, INNER_W, INNER_H = 680, 360, 70, 20, 400, 280


def rows():
    text = (ROOT / "docs/performance.md").read_text()
    table = re.findall(r"^\| (\d+) \| \d+ \| [\d.]+ \| \d+ \| ([\d.]+) \| (\d+) \|$", text, re.M)
    return [(int(n), float(s), int(mb)) for n, s, mb in table]


def fitted_power(points):
    """Of the size by which a quantity grows, fitted from 10,000 services on."""
    logs = [(math.log(n), math.log(value)) for n, value in points if n >= 10_000]
    mean_x, mean_y = (sum(column) / len(logs) for column in zip(*logs))
    return (sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs))


def main():
    low, high = -3, 4  # powers of ten on the upright axis

    def at(n, value):
        x = LEFT + (math.log10(n) - 2) / 4 * INNER_W
        y = TOP + (high - math.log10(value)) / (high - low) * INNER_H
        return f"{x:.1f},{y:.1f}"

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
             'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>']
    for power in range(2, 7):
        x = at(10**power, 1).split(",")[0]
        parts.append(f'<text x="{x}" y="{TOP + INNER_H + 18}" text-anchor="middle">10^{power}</text>')
    for power in range(low, high + 1):
        y = at(100, 10.0**power).split(",")[1]
        parts.append(f'<path d="M{LEFT} {y}h{INNER_W}" stroke="#ddd"/>'
                     f'<text x="{LEFT - 6}" y="{y}" text-anchor="end" dy="4">10^{power}</text>')
    parts.append(f'<text x="{LEFT + INNER_W / 2}" y="{HEIGHT - 12}" text-anchor="middle">services</text>')
    for label, colour, column in (("load and compile, s", "#c33", 1), ("peak memory, MB", "#36c", 2)):
        points = [(row[0], row[column]) for row in rows() if row[column] > 0]
        line = " ".join(at(*point) for point in points)
        end_x, end_y = at(*points[-1]).split(",")
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
                     f'<text x="{end_x}" y="{end_y}" dx="8" dy="4" fill="{colour}">{label}: n^{fitted_power(points):.2f}</text>')
    linear = f"{at(100, 1e-3)} {at(10**6, 10)}"
    parts.append(f'<polyline points="{linear}" fill="none" stroke="#999" stroke-dasharray="4 4"/>'
                 f'<text x="{LEFT + 8}" y="{TOP + INNER_H - 30}" fill="#777">dashed: slope one</text></svg>')
    (ROOT / "docs/growth.svg").write_text("\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
