#include "viz/load_report.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/base/text.h"
#include "viz/csv.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostRows = 30;

std::string percent(double share) {
  return fixed_decimals(100 * share, 1) + " %";
}
std::string rate(double per_second) { return format_count(per_second) + " /s"; }
std::string moment(double seconds) {
  return std::isnan(seconds) ? "never" : format_duration({seconds});
}

struct StationExtremes {
  double queue = 0;
  Seconds longest{0};
  const StationStep* first = nullptr;
};

// The queue where the window ends, between two steps: it grows evenly.
double queue_at(Seconds end, const StationStep& last, const StationStep& next) {
  const double part = (end - last.at) / (next.at - last.at);
  return last.queue + part * (next.queue - last.queue);
}

// Over [from, to). A step lasts until the station's next one, so that the last
// one before `from` counts too.
std::vector<StationExtremes> extremes_of(const LoadRecord& record,
                                         const RequestWindow& window,
                                         std::size_t stations) {
  std::vector<StationExtremes> all(stations);
  std::vector<const StationStep*> last(stations);
  for (const StationStep& step : record.stations) {
    StationExtremes& of = all[step.station];
    const StationStep* before = std::exchange(last[step.station], &step);
    double queue = step.queue;
    if (step.at >= window.to) {
      if (!before || before->at >= window.to) continue;
      queue = queue_at(window.to, *before, step);
      const double rate = before->capacity.value;
      if (rate > 0) of.longest = std::max(of.longest, Seconds{queue / rate});
    } else {
      if (step.at <= window.from) of = {};
      of.longest = std::max(of.longest, step.mean);
      if (of.first == nullptr) of.first = &step;
    }
    of.queue = std::max(of.queue, queue);
  }
  return all;
}

Table stations_table(const Model& model, const LoadRecord& record,
                     const RequestWindow& window) {
  using enum Table::Align;
  Table table{{{"station"},
               {"capacity", kRight},
               {"in use", kRight},
               {"latency", kRight},
               {"99 %", kRight},
               {"most queued", kRight},
               {"longest wait", kRight}},
              {}};
  const auto all = extremes_of(record, window, model.load.stations.size());
  for (std::uint32_t id = 0; id < all.size(); ++id) {
    const LoadStation& station = model.load.stations[id];
    if (station.capacity.value == kNoBound || !all[id].first) continue;
    if (table.rows.size() == kMostRows) break;
    const StationStep& usual = *all[id].first;
    table.add({node_name(model.graph, station.node),
               rate(station.capacity.value),
               percent(usual.arriving / station.capacity),
               format_duration(usual.mean), format_duration(usual.late),
               format_count(all[id].queue), format_duration(all[id].longest)});
  }
  return table;
}

struct StreamSummary {
  double served = 0, least = 1;
  double below_half = 0;  // s
};

StreamSummary summary_of(const std::vector<StreamBin>& bins, Seconds width) {
  StreamSummary summary;
  for (const StreamBin& bin : bins) {
    const double share = served_share(bin);
    summary.served += share / double(bins.size());
    summary.least = std::min(summary.least, share);
    if (share < 0.5) summary.below_half += width.value;
  }
  return summary;
}

bool is_outside(const CallStream& stream) {
  return stream.offered.value > 0 || !stream.surges.empty();
}

Table streams_table(const Model& model,
                    const std::vector<std::vector<StreamBin>>& bins,
                    const RequestWindow& window) {
  using enum Table::Align;
  Table table{{{"from outside"},
               {"offered", kRight},
               {"served", kRight},
               {"least", kRight},
               {"below half for", kRight}},
              {}};
  for (std::size_t s = 0; s < bins.size(); ++s) {
    const CallStream& stream = model.load.streams[s];
    if (!is_outside(stream) || table.rows.size() == kMostRows) continue;
    const StreamSummary summary = summary_of(bins[s], window.bin);
    table.add({stream.name, rate(stream.offered.value), percent(summary.served),
               percent(summary.least), format_duration({summary.below_half})});
  }
  return table;
}

Table fidelity_table(const Model& model, const FidelityComparison& result) {
  using enum Table::Align;
  Table table{{{"from outside"},
               {"flow", kRight},
               {"requests", kRight},
               {"difference", kRight},
               {"below half: flow", kRight},
               {"requests", kRight},
               {"latency: mean", kRight},
               {"50 %", kRight},
               {"99 %", kRight}},
              {}};
  for (const StreamComparison& one : result.streams) {
    const Seconds bin = result.requests.window.bin;
    const LatencyHistogram& latency = result.requests.latency[one.stream];
    const bool any = latency.count() > 0;
    table.add(
        {model.load.streams[one.stream].name,
         percent(summary_of(result.flow[one.stream], bin).served),
         percent(summary_of(result.requests.streams[one.stream], bin).served),
         percent(one.difference),
         moment(one.flow_onset) + " … " + moment(one.flow_recovery),
         moment(one.request_onset) + " … " + moment(one.request_recovery),
         any ? format_duration(latency.mean()) : "n/a",
         any ? format_duration(latency.quantile({0.5})) : "n/a",
         any ? format_duration(latency.quantile({0.99})) : "n/a"});
  }
  return table;
}

std::string trust_text(const Model& model, const FlowTrust& trust) {
  const std::string name =
      node_name(model.graph, model.load.stations[trust.station].node);
  std::string text = "  " + name +
                     ": n0 = mT(1 - rho) = " + format_count(trust.n0) + " of " +
                     format_count(trust.in_flight) + " requests a time-out; ";
  if (trust.is_trusted) return text + "the flow is in its range\n";
  const double width = 1.5 / std::sqrt(std::max(1.0, trust.in_flight));
  text += "the flow is out of its range: a trigger's threshold is a band of ±" +
          percent(width);
  if (trust.n0 < 6) text += ", and it may collapse without any trigger";
  return text + "\n";
}

std::string impatience_text(const Model& model, const ImpatientCallers& one) {
  return "  " + model.load.streams[one.stream].name + ": patience of " +
         format_duration(one.patience) + ", but what is called for them may " +
         "take " + format_duration(one.needed) +
         "; the flow is out of its range: it lets them wait\n";
}

}  // namespace

std::string load_text(const Model& model, const LoadRecord& record,
                      const RequestWindow& window, const TextStyle& style) {
  const auto bins =
      flow_bins(record.streams, model.load.streams.size(), window);
  return to_text(stations_table(model, record, window), style) + "\n" +
         to_text(streams_table(model, bins, window), style);
}

std::string fidelity_text(const Model& model, const FidelityComparison& result,
                          const TextStyle& style) {
  std::string text = to_text(fidelity_table(model, result), style) + "\n";
  std::size_t rows = 0;
  for (const FlowTrust& trust : result.trust) {
    if (rows++ < kMostRows) text += trust_text(model, trust);
  }
  rows = 0;
  for (const ImpatientCallers& one : result.impatient) {
    if (rows++ < kMostRows) text += impatience_text(model, one);
  }
  return text;
}

std::string load_csv(const Model& model, const RequestWindow& window,
                     const std::vector<std::vector<StreamBin>>& flow,
                     const RequestResult* requests) {
  std::string text;
  CsvWriter csv(text);
  for (const char* title :
       {"stream", "t_s", "offered_flow", "served_share_flow",
        "offered_requests", "served_share_requests", "latency_mean_s"}) {
    csv.field(title);
  }
  csv.end_row();
  const double none = std::nan("");
  for (std::size_t s = 0; s < flow.size(); ++s) {
    for (std::size_t i = 0; i < flow[s].size(); ++i) {
      const StreamBin* met = requests ? &requests->streams[s][i] : nullptr;
      csv.field(model.load.streams[s].name)
          .field((window.from + window.bin * double(i)).value)
          .field(flow[s][i].fresh)
          .field(served_share(flow[s][i]))
          .field(met ? met->fresh : none)
          .field(met ? served_share(*met) : none)
          .field(met && met->good > 0 ? met->latency / met->good : none);
      csv.end_row();
    }
  }
  return text;
}

}  // namespace outagesim
