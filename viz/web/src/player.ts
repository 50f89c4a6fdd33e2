// The player: one run moment by moment, with its story, and the mean of all.
import type { Frame, Graph, Replay } from "./data";
import { button, choice, clear, h, name } from "./dom";
import { clock } from "./format";

interface Track {
  title: string;
  sentence: string;
  from: number;
  to: number;
  frames: Frame[];
  story: Replay["story"];
}

function stateAt(track: Track, t: number, services: number): number[] {
  const served = new Array<number>(services).fill(1);
  for (const [at, changes] of track.frames) {
    if (at > t) break;
    for (let i = 0; i < changes.length; i += 2) served[changes[i]] = changes[i + 1];
  }
  return served;
}

export function makePlayer(
  graph: Graph,
  replays: Replay[],
  until: number,
  begins: number,
  paint: (served: number[], what: string) => void,
): { controls: HTMLElement; story: HTMLElement } {
  const tracks: Track[] = [
    {
      title: "all runs, the mean",
      sentence: "The mean of all runs, moment by moment.",
      from: begins,
      to: until,
      frames: graph.mean,
      story: [],
    },
    ...replays,
  ];
  let track = tracks[0];
  let timer = 0;
  const slider = h("input", { type: "range", class: "time", "aria-label": "Time" });
  const time = h("output", { class: "clock" });
  const words = h("p", { class: "track-words", role: "status" });
  const story = h("ol", { class: "story", tabindex: 0, "aria-label": "What happens in this run" });
  const play = button("▶ Play", () => (timer ? stop() : start()), { class: "play" });

  const show = (t: number): void => {
    slider.value = String(t);
    slider.setAttribute("aria-valuetext", clock(t));
    time.textContent = clock(t);
    paint(stateAt(track, t, graph.services.length), `at ${clock(t)}`);
    let last: HTMLElement | null = null;
    track.story.forEach(([at], i) => {
      const item = story.children[i] as HTMLElement;
      item.classList.toggle("past", at <= t);
      item.classList.remove("now");
      if (at <= t) last = item;
    });
    if (last) {
      (last as HTMLElement).classList.add("now");
      story.scrollTop = (last as HTMLElement).offsetTop - story.clientHeight / 2;
    }
  };

  const stop = (): void => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "▶ Play";
  };

  const start = (): void => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const step = (track.to - track.from) / (calm ? 24 : 240);
    if (Number(slider.value) >= track.to - step / 2) slider.value = String(track.from);
    play.textContent = "⏸ Pause";
    timer = window.setInterval(() => {
      const t = Math.min(track.to, Number(slider.value) + Math.max(60, step));
      show(t);
      if (t >= track.to) stop();
    }, calm ? 1000 : 80);
  };

  const load = (index: number): void => {
    stop();
    track = tracks[index];
    slider.min = String(track.from);
    slider.max = String(Math.ceil(track.to));
    slider.step = String(track.to - track.from > 60 * 120 ? 60 : 1);
    clear(story);
    story.hidden = track.story.length === 0;
    for (const [, at, what, why] of track.story) {
      story.append(
        h("li", {}, h("time", {}, at), " ", name(what), why ? h("span", { class: "quiet" }, " ", name(why)) : null),
      );
    }
    words.textContent = track.sentence;
    show(track.from);
  };

  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  const controls = h(
    "div",
    { class: "player" },
    choice("Show", tracks.map((one) => one.title), (index) => load(index)),
    play,
    slider,
    time,
    words,
  );
  load(0);
  // To begin with: not a moment but the whole time.
  paint(
    graph.services.map((one) => one.served),
    "on average",
  );
  time.textContent = "whole time";
  return { controls, story };
}
