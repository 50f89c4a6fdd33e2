// Whether the programs that are timed answer the question, and alike.
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "models/base/text.h"
#include "tests/bench/peers.h"

namespace outagesim::bench {
namespace {

constexpr double kNormal95 = 1.959964;

struct Answer {
  std::string who;
  double value = 0, standard_error = 0;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) {
    cells.push_back(cell);
  }
  return cells;
}

Answer availability_in(const std::filesystem::path& summary) {
  std::ifstream file(summary);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("product,s10,availability_time,1,mean,")) continue;
    const auto cells = cells_of(line);
    const double low = std::stod(cells.at(6)), high = std::stod(cells.at(7));
    return {"outagesim", std::stod(cells.at(5)), (high - low) / 2 / kNormal95};
  }
  throw std::runtime_error("no availability in " + summary.string());
}

// The mean over bins of a second or more, in each of which the queue forgets
// the one before.
Answer time_in_queue(const std::filesystem::path& load) {
  std::ifstream file(load);
  std::string line;
  std::getline(file, line);
  double n = 0, sum = 0, squares = 0;
  while (std::getline(file, line)) {
    const double latency = std::stod(cells_of(line).back());
    ++n;
    sum += latency;
    squares += latency * latency;
  }
  const double mean = sum / n;
  return {"outagesim", mean, std::sqrt((squares / n - mean * mean) / (n - 1))};
}

Answer chance_of(const std::string& output) {
  const auto json = nlohmann::json::parse(output);
  for (const auto& service : json["up"]) {
    if (service["name"] != "s10") continue;
    const double width = double(service["ci_high"]) - double(service["ci_low"]);
    return {"outagesim", service["probability"], width / 2 / kNormal95};
  }
  throw std::runtime_error("no s10 in the answer");
}

std::string text_of(const Answer& answer) {
  return answer.who + " " + significant(answer.value, 7) + " +- " +
         significant(answer.standard_error, 2);
}

// A line that shows both; the reference's answer says what is exact.
std::string compared(const std::string& what, const Answer& ours,
                     const std::string& reference_output) {
  const auto json = nlohmann::json::parse(reference_output);
  const Answer loop{"reference", json["mean"], json["standard_error"]};
  const double exact = json["exact"];
  const std::string line = what + ": exact " + significant(exact, 7) + ", " +
                           text_of(ours) + ", " + text_of(loop);
  for (const Answer& answer : {ours, loop}) {
    if (std::abs(answer.value - exact) <= 4 * answer.standard_error) continue;
    throw std::runtime_error(line + "\nthe " + answer.who +
                             " is off by more than four standard errors");
  }
  return line + "\n";
}

// Those of the peers, on both of their questions.
std::string check_peers(const std::string& years, const std::string& queue) {
  std::string text;
  for (const Peer& peer : peers()) {
    if (peer.command.empty()) continue;
    for (const auto& [question, reference] :
         {std::pair{"repairable10", years}, {"mm1", queue}}) {
      const std::uint64_t count =
          (reference == years ? peer.years : peer.customers) / 2;
      const auto json = nlohmann::json::parse(
          run_command(peer_command(peer, question, count)).output);
      text +=
          compared(question, {peer.name, json["mean"], json["standard_error"]},
                   reference);
    }
  }
  return text;
}

std::string reference_says(const Bench& bench, const std::string& what,
                           std::uint64_t count) {
  return run_command({bench.reference, what, std::to_string(count)}).output;
}

}  // namespace

std::string check_answers(const Bench& bench) {
  const std::filesystem::path results = bench.scratch / "results";
  run_command(run_command_of(bench, "benchmark/repairable10.toml", 10'000));
  const std::string loop_years = reference_says(bench, "repairable10", 10'000);
  const std::string loop_queue = reference_says(bench, "mm1", 1'000'000);
  const std::string years =
      compared("mean availability over the year",
               availability_in(results / "summary.csv"), loop_years);
  run_command({bench.program, "load", bench.scenarios / "benchmark/mm1.toml",
               "--fidelity", "request", "--to", "5 min", "--out", results});
  const std::string queue = compared(
      "seconds in the queue", time_in_queue(results / "load.csv"), loop_queue);
  const std::string chain = compared(
      "probability that the chain is up",
      chance_of(run_command({bench.program, "static",
                             bench.scenarios / "benchmark/chain10-static.toml",
                             "--trials", "4e6", "--format", "json"})
                    .output),
      reference_says(bench, "chain10", 4'000'000));
  return years + queue + chain + check_peers(loop_years, loop_queue);
}

}  // namespace outagesim::bench
