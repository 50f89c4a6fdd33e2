// Replications to be played: frames of what changes, and the story beside it.
#include <algorithm>
#include <cmath>

#include "models/base/clock_text.h"
#include "viz/page/parts.h"

namespace outagesim::page {
namespace {

constexpr std::size_t kMostLines = 250;
constexpr std::size_t kMostChanges = 25'000;

struct Window {
  double from = 0, to = 0;
};

// All outages and a little more; of a long run the longest outage alone.
Window window_of(const ReportSource& source, const Replay& replay) {
  const Model& model = source.summary.model();
  if (replay.outages.empty()) {
    return {model.begins.value, source.portrait.until.value};
  }
  const auto length = [](const OutageRecord& o) { return o.end - o.onset; };
  const OutageRecord* longest = &replay.outages.front();
  Window all{model.begins.value, 0};
  for (const OutageRecord& one : replay.outages) {
    if (length(one) > length(*longest)) longest = &one;
    all.to = std::max(all.to, std::max(one.end, one.full));
  }
  if (is_long_run(source.summary)) {
    all = {longest->onset, longest->end};
    all.from -= std::max(600.0, 0.1 * (all.to - all.from));
  }
  all.to += std::max(600.0, 0.1 * (all.to - all.from));
  return {std::max(all.from, model.begins.value),
          std::min(all.to, model.horizon.value)};
}

// One frame a moment: [t, [service, served, …]]; only what moves visibly.
Json frames_of(const Replay& replay, const Window& window,
               std::size_t services) {
  std::vector<double> last(services, 1);
  std::vector<double> now(services, 1);
  std::vector<std::uint32_t> touched;
  Json frames = Json::array();
  std::size_t total = 0;
  double t = window.from;
  const auto close = [&] {
    Json changes = Json::array();
    for (const std::uint32_t s : touched) {
      if (now[s] == last[s]) continue;
      last[s] = now[s];
      changes.push_back(s);
      changes.push_back(number(now[s]));
    }
    touched.clear();
    if (changes.empty()) return;
    total += changes.size();
    frames.push_back({number(std::max(t, window.from), 7), std::move(changes)});
  };
  for (const ServiceStep& step : replay.trace.steps) {
    if (step.t > window.to || total > kMostChanges) break;
    if (step.t > t) close();
    t = std::max(t, step.t);
    now[step.service] = std::round(double{step.served} * 100) / 100;
    touched.push_back(step.service);
  }
  close();
  return frames;
}

Json story_of(const Replay& replay, const Window& window) {
  Json story = Json::array();
  for (const TraceLine& line : replay.trace.lines) {
    const bool inside =
        line.t.value >= window.from && line.t.value <= window.to;
    if (!inside) continue;
    if (story.size() == kMostLines) break;
    story.push_back(
        {number(line.t.value, 7), clock_text(line.t), line.what, line.why});
  }
  return story;
}

std::string sentence_of(const ReportSource& source, const Replay& replay) {
  const Model& model = source.summary.model();
  std::string text = "Run " + std::to_string(replay.replication) + ": ";
  if (replay.outages.empty()) return text + "no product has an outage.";
  const OutageRecord* longest = &replay.outages.front();
  for (const OutageRecord& one : replay.outages) {
    if (one.end - one.onset > longest->end - longest->onset) longest = &one;
  }
  return text + service_label(model, model.products[longest->product]) +
         " is out for " + (longest->censored ? "more than " : "") +
         duration(longest->end - longest->onset) + ", at worst served " +
         number_text(longest->lowest, NumberKind::kShare, 2) + ".";
}

}  // namespace

Json replays(const ReportSource& source) {
  Json all = Json::array();
  const std::size_t services = source.summary.model().graph.services.size();
  for (const Replay& replay : source.replays) {
    const Window window = window_of(source, replay);
    all.push_back({{"title", replay.title},
                   {"sentence", sentence_of(source, replay)},
                   {"from", number(window.from, 7)},
                   {"to", number(window.to, 7)},
                   {"frames", frames_of(replay, window, services)},
                   {"story", story_of(replay, window)}});
  }
  return all;
}

}  // namespace outagesim::page
