// The pictures of the README, from a real run: `npm run pictures` here. Needs
// a built program (OUTAGESIM, or ./outagesim) and Chromium (CHROMIUM).
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = process.env.OUTAGESIM ?? join(root, "outagesim");
const pictures = process.argv[2] ?? join(root, "docs", "pictures");
const scenario = "scenarios/openai-2024-12-26-supplier-power.toml";
const most = 200_000; // bytes of a picture

// What is shown: an element of the report, or the top of the page.
const shown = [
  { file: "report.png", top: 700 },
  { file: "served.png", element: "#time .pair" },
  { file: "strategies.png", element: "#strategies .pair" },
];

async function take(page, { file, element, top }) {
  const path = join(pictures, file);
  if (element) {
    await page.locator(element).first().screenshot({ path });
  } else {
    await page.screenshot({ path, clip: { x: 0, y: 0, width: 1120, height: top } });
  }
  const size = statSync(path).size;
  if (size > most) throw new Error(`${file} has ${size} bytes, more than ${most}`);
  console.log(`${path}: ${Math.round(size / 1000)} kB`);
}

const scratch = mkdtempSync(join(tmpdir(), "outagesim-pictures-"));
const report = join(scratch, "report.html");
mkdirSync(pictures, { recursive: true });
execFileSync(program, ["report", scenario, "-o", report, "--quiet"], { cwd: root });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const page = await browser.newPage({
    viewport: { width: 1120, height: 1000 },
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  await page.goto(pathToFileURL(report).href);
  await page.waitForSelector("#provenance");
  for (const one of shown) await take(page, one);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}
