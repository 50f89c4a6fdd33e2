// outagesim load: queues, latency and what is served, by flow or by request.
#include <algorithm>
#include <ctime>
#include <iostream>

#include "cli/commands.h"
#include "cli/load.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "sim/engine/engine.h"
#include "viz/load_report.h"
#include "viz/output_files.h"

namespace outagesim {
namespace {

Seconds duration_option(const Arguments& arguments, std::string_view option,
                        Seconds fallback) {
  const auto text = arguments.value(option);
  if (!text) return fallback;
  const Parsed<Seconds> time = parse_seconds(*text);
  if (!time) throw UsageError("--" + std::string(option) + ": " + time.error);
  return *time;
}

double scale_option(const Arguments& arguments) {
  const auto text = arguments.value("scale");
  if (!text) return 1;
  const Parsed<double> scale = parse_number(*text);
  if (!scale) throw UsageError("--scale: " + scale.error);
  if (*scale > 0 && *scale <= 1000) return *scale;
  throw UsageError("--scale: expected a number above 0 and up to 1000, found " +
                   *text);
}

RequestWindow window_of(const Arguments& arguments, const Model& model) {
  RequestWindow window;
  window.from = duration_option(arguments, "from", Seconds{0});
  window.to = duration_option(arguments, "to",
                              std::min(model.horizon, window.from + kHour));
  if (!(window.from < window.to)) {
    throw UsageError("--to: expected a time after --from");
  }
  window.bin =
      duration_option(arguments, "bin", (window.to - window.from) / 120);
  if (window.bin.value <= 0) {
    throw UsageError("--bin: expected a duration above 0 s");
  }
  constexpr double kMostBins = 100'000;
  if ((window.to - window.from) / window.bin > kMostBins) {
    throw UsageError("--bin: expected at most 100,000 in the window");
  }
  window.scale = scale_option(arguments);
  if (const auto seed = arguments.value("seed")) {
    window.seed = whole_number("seed", *seed, 0, 1ULL << 53);
  }
  return window;
}

bool wants_requests(const Arguments& arguments) {
  const std::string fidelity = arguments.value("fidelity").value_or("flow");
  if (fidelity == "flow" || fidelity == "request") return fidelity != "flow";
  throw UsageError("--fidelity: expected flow or request, found \"" + fidelity +
                   "\"");
}

void write_bins(const Arguments& arguments, const std::string& csv) {
  const auto out = arguments.value("out");
  if (!out) return;
  OutputFiles files(*out);
  files.add("load.csv", csv);
  files.commit();
}

void show_flow(const Arguments& arguments, const Model& model,
               const RequestWindow& window) {
  const LoadRecord record = record_flow(model, window.seed, 0);
  print(load_text(model, record, window, output_style()));
  const auto bins =
      flow_bins(record.streams, model.load.streams.size(), window);
  write_bins(arguments, load_csv(model, window, bins, nullptr));
}

// A window that would take an hour is seldom meant.
void need_few_calls(const LoadRecord& record, const RequestWindow& window) {
  constexpr double kMostCalls = 2e9;
  const double calls = expected_calls(record, window);
  if (calls <= kMostCalls) return;
  throw UsageError("--fidelity request: the window holds " +
                   format_count(calls) + " calls, more than " +
                   format_count(kMostCalls) +
                   "; make it shorter, or say --scale " +
                   significant(window.scale * kMostCalls / calls / 2, 1));
}

void show_requests(const Arguments& arguments, const Model& model,
                   const RequestWindow& window) {
  LoadRecord record = record_flow(model, window.seed, 0);
  need_few_calls(record, window);
  const std::clock_t began = std::clock();
  const FidelityComparison result =
      compare_fidelity(model, std::move(record), window);
  const double took =
      std::max(1.0, double(std::clock() - began)) / CLOCKS_PER_SEC;
  print(load_text(model, result.record, window, output_style()) + "\n" +
        fidelity_text(model, result, output_style()) + "\n");
  std::cout << "  " << format_count(double(result.requests.requests))
            << " requests from outside in " << format_duration({took})
            << " of one core: "
            << format_count(double(result.requests.requests) / took)
            << " a second\n";
  write_bins(arguments, load_csv(model, window, result.flow, &result.requests));
}

void need_load(const Loaded& loaded) {
  if (!loaded.model.load.empty()) return;
  throw UsageError(loaded.scenario.path +
                   " says nothing of load; give a service for example serves "
                   "= { capacity = \"1000 /s\" }");
}

int show_load(const Arguments& arguments) {
  const auto loaded =
      load(arguments.operands().front(), arguments.values("set"));
  need_load(*loaded);
  const RequestWindow window = window_of(arguments, loaded->model);
  const bool by_request = wants_requests(arguments);
  std::cout << output_style().bold(printable(loaded->scenario.path)) << "\n"
            << "One replication, seed " << window.seed << ", from "
            << to_text(window.from) << " to " << to_text(window.to)
            << (by_request ? ", by flow and request by request" : ", by flow")
            << "\n\n";
  if (by_request) {
    show_requests(arguments, loaded->model, window);
  } else {
    show_flow(arguments, loaded->model, window);
  }
  return kFine;
}

int show_metastable(const Arguments& arguments) {
  const auto loaded =
      load(arguments.operands().front(), arguments.values("set"));
  need_load(*loaded);
  MetastableOptions options;
  options.question = duration_option(arguments, "trigger", Seconds{30});
  const auto stations = find_metastable(loaded->model, options);
  print(output_style().bold(printable(loaded->scenario.path)) + "\n\n" +
        metastable_text(stations, output_style()));
  const auto out = arguments.value("out");
  if (!out) return kFine;
  OutputFiles files(*out);
  files.add("metastable.csv", metastable_csv(stations));
  if (!stations.empty()) {
    // The one most in use.
    const auto& most =
        *std::ranges::max_element(stations, {}, &MetastableStation::load);
    const auto points = sweep_load(loaded->model, most.station);
    files.add("sweep.csv", sweep_csv(points));
    if (!points.empty()) {
      files.add("sweep.svg", sweep_svg("Served, as the load on " + most.name +
                                           " rises and falls",
                                       points));
    }
  }
  files.commit();
  return kFine;
}

}  // namespace

Command load_command() {
  return {
      {.name = "load",
       .operands = "SCENARIO",
       .summary = "Show queues, latency and what is served under load",
       .details = "By flow, or request by request in a window, with the "
                  "two side by side and how far the flow may be trusted.",
       .example = "outagesim load scenarios/retry-storm.toml --fidelity "
                  "request --to '5 min'",
       .options = {set_option(),
                   {"fidelity", "flow|request", "how to simulate", "flow"},
                   {"from", "TIME", "where the window begins", "0 s"},
                   {"to", "TIME", "where it ends", "an hour later"},
                   {"bin", "TIME", "width of a row of load.csv", "1/120 of it"},
                   {"scale", "X",
                    "of all rates, capacities and queues, by request", "1"},
                   {"seed", "N", "of all random numbers", "1"},
                   {"out", "DIR", "write load.csv there"}},
       .least = 1,
       .most = 1},
      show_load};
}

Command metastable_command() {
  return {{.name = "metastable",
           .operands = "SCENARIO",
           .summary = "Say which loads outlive their trigger",
           .details = "For each service whose callers time out: the load above "
                      "which a collapse sustains itself, how long a trigger "
                      "must last at which load, how long recovery takes, and "
                      "one queue as an exact Markov chain.",
           .example = "outagesim metastable scenarios/retry-storm.toml",
           .options = {set_option(),
                       {"trigger", "TIME", "a stall to ask about", "30 s"},
                       {"out", "DIR",
                        "write metastable.csv, sweep.csv and sweep.svg there"}},
           .least = 1,
           .most = 1},
          show_metastable};
}

}  // namespace outagesim
