// What stands beside the graph: all about the chosen service, or the members
// of the chosen group.
import type { Box, Graph, Listed, Service } from "./data";
import { button, clear, h, name, type Child } from "./dom";
import { percent } from "./format";

const MOST_LISTED = 400;

type Choose = (id: number) => void;

function title(graph: Graph, id: number): string {
  return graph.services[id].label ?? graph.services[id].name;
}

function link(graph: Graph, id: number, choose: Choose): HTMLElement {
  const item = h("li", {});
  item.append(button("", () => choose(id), { class: "link", dir: "auto" }));
  item.firstElementChild?.append(name(title(graph, id)));
  return item;
}

function part(heading: string, ...children: Child[]): HTMLElement {
  return h("section", {}, h("h4", {}, heading), ...children);
}

// What falls with it, with redundancy working and with it switched off; said
// once where both are the same.
function structure(service: Service, list: (of: Listed, none: string) => Child): Child {
  const { falls, falls_no_switch: off } = service;
  if (!falls || !off) return null;
  const same = falls.count === off.count && service.users === service.users_no_switch;
  const heading = "What falls with it (structural)";
  const hurt = (users?: string): string => `users hit: ${users ?? "n/a"}`;
  if (same) {
    return part(heading, h("p", {}, `With or without redundancy; ${hurt(service.users)}`),
      list(falls, "nothing else"));
  }
  return part(heading,
    h("p", {}, `Redundancy working; ${hurt(service.users)}`), list(falls, "nothing else"),
    h("p", {}, `Switch-over off; ${hurt(service.users_no_switch)}`), list(off, "nothing else"));
}

export function fillServiceDetail(detail: HTMLElement, graph: Graph, id: number, choose: Choose): void {
  const service = graph.services[id];
  const list = (listed: Listed, none: string): Child => {
    if (listed.count === 0) return h("p", { class: "quiet" }, none);
    const left = listed.count - listed.first.length;
    return h("ul", { class: "names" },
      ...listed.first.map((one) => link(graph, one, choose)),
      left > 0 ? h("li", { class: "quiet" }, `and ${left} more`) : null);
  };
  const needs = (service.needs ?? []).map(([target, kind]) => {
    const item = link(graph, target, choose);
    item.append(h("span", { class: "quiet" }, ` ${kind.replaceAll("_", " ")}`));
    return item;
  });
  const cells = service.cells ? `, ${service.cells} cells` : "";
  const parts: Child[] = [
    h("h3", {}, name(title(graph, id))),
    h("p", { class: "quiet" },
      service.label ? h("code", {}, name(service.name)) : null,
      service.label ? " · " : "",
      service.kind + cells),
    part("How often, how long (simulated)", h("p", {}, service.words)),
    structure(service, list),
    service.single_point_of ? part("Single point of failure of", list(service.single_point_of, "")) : null,
    service.single_points ? part("Its single points of failure", list(service.single_points, "none")) : null,
    needs.length > 0 ? part("It needs", h("ul", { class: "names" }, ...needs)) : null,
  ];
  detail.replaceChildren(...parts.filter((one): one is Node => one instanceof Node));
}

export function fillGroupDetail(detail: HTMLElement, graph: Graph, box: Box, choose: Choose): void {
  const members = h("ul", { class: "names" });
  const search = h("input", { type: "search", "aria-label": "Find a service of this group" });
  const fillIn = (): void => {
    clear(members);
    const wanted = search.value.toLowerCase();
    const found = box.services.filter((id) =>
      `${title(graph, id)} ${graph.services[id].name}`.toLowerCase().includes(wanted));
    for (const id of found.slice(0, MOST_LISTED)) {
      const item = link(graph, id, choose);
      item.append(h("span", { class: "quiet" }, ` served ${percent(graph.services[id].served)}`));
      members.append(item);
    }
    if (found.length > MOST_LISTED) {
      members.append(h("li", { class: "quiet" }, `and ${found.length - MOST_LISTED} more`));
    }
  };
  search.addEventListener("input", fillIn);
  fillIn();
  detail.replaceChildren(h("h3", {}, name(box.full)), search, members);
}
