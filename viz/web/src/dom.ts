// Elements. Text is only ever set as text, so that a name can hold anything.

type Attributes = Record<string, string | number | boolean | undefined>;
export type Child = Node | string | null | undefined | false;

const SVG = "http://www.w3.org/2000/svg";

function fill<E extends Element>(
  element: E,
  attributes: Attributes,
  children: Child[],
): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child);
    }
  }
  return element;
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

// A name in any script, kept from turning its neighbours around.
export function name(text: string): HTMLElement {
  return h("bdi", {}, text);
}

export function clear(element: Element): void {
  element.replaceChildren();
}

let next = 0;
export function freshId(prefix: string): string {
  return `${prefix}-${++next}`;
}

export function button(
  label: string,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, label);
  element.addEventListener("click", act);
  return element;
}

export function choice(
  label: string,
  options: string[],
  act: (index: number) => void,
): HTMLElement {
  const select = h("select", { dir: "auto" });
  options.forEach((text, i) => select.append(h("option", { value: i }, text)));
  select.addEventListener("change", () => act(select.selectedIndex));
  return h("label", { class: "choice" }, `${label} `, select);
}
