// Bundles the viewer into template.html: one file, its script and its style
// allowed by their hashes and nothing else. The same bytes on every machine.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const bundle = async (entry, loader) => {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    charset: "ascii",
    target: ["es2021"],
    format: loader === "js" ? "iife" : undefined,
    legalComments: "inline",
    write: false,
  });
  return result.outputFiles[0].text.replaceAll("</", "<\\/").trim();
};

const hash = (text) =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const script = await bundle("src/main.ts", "js");
const style = await bundle("src/style.css", "css");
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const page = await readFile("src/page.html", "utf8");
const filled = page
  .replace("@@POLICY@@", () => policy)
  .replace("@@STYLE@@", () => style)
  .replace("@@SCRIPT@@", () => script);
await writeFile("template.html", filled);
console.log(`template.html: ${Math.round(filled.length / 1000)} kB`);
