// Queues with loss, waiting and impatience.
#include <algorithm>

#include "models/analysis/queue_forms.h"
#include "tests/support/textbook_methods.h"

namespace outagesim {
namespace {

std::vector<MethodAnswer> full_of(double arrivals, double services,
                                  std::uint32_t servers, std::uint32_t most) {
  std::vector<double> up(most, arrivals), down;
  Marked full(most + 1, 0);
  full[most] = 1;
  for (std::uint32_t i = 1; i <= most; ++i) {
    down.push_back(std::min(i, servers) * services);
  }
  std::vector<MethodAnswer> answers = long_run(ladder(up, down), full);
  answers.push_back({"M/M/c/K", mmck(arrivals, services, servers, most).full});
  return answers;
}

TextbookSystem single_server() {
  const double rho = 0.8;
  TextbookSystem system{"MM1K", "M/M/1/K [Kleinrock75, section 3.6]",
                        full_of(0.8, 1, 1, 10)};
  system.answers.push_back(
      {"as printed", (1 - rho) * std::pow(rho, 10) / (1 - std::pow(rho, 11))});
  return system;
}

TextbookSystem loss(const std::string& name, double offered,
                    std::uint32_t servers, double printed) {
  TextbookSystem system{name, "M/M/c loss [Erlang17]",
                        full_of(offered, 1, servers, servers)};
  system.answers.push_back({"Erlang B", erlang_b(offered, servers)});
  system.printed = printed;
  system.printed_to = 5e-5;
  return system;
}

TextbookSystem waiting() {
  TextbookSystem system{
      "MMcWaiting",
      "Erlang C, against a room for 400 [Kleinrock75, "
      "section 3.5]",
      {{"Erlang C", erlang_c(3, 4)}, {"M/M/c/K", mmck(3, 1, 4, 400).waits}}};
  system.printed = 0.5094;
  system.printed_to = 5e-5;
  return system;
}

// One who waits as long as service takes: an M/M/∞ queue in disguise, so the
// wait's probability is a Poisson tail.
TextbookSystem impatient() {
  double tail = 1, term = std::exp(-8);
  for (int n = 0; n < 10; ++n) {
    tail -= term;
    term *= 8.0 / (n + 1);
  }
  return {"ErlangAEqualPatience",
          "impatient callers [Palm57]",
          {{"Erlang A", erlang_a(8, 1, 10, 1).waits}, {"Poisson tail", tail}}};
}

TextbookSystem room() {
  TextbookSystem system{"MM2K5", "M/M/2/5 [Kleinrock75, section 3.8]",
                        full_of(3, 2, 2, 5)};
  double sum = 1 + 1.5;
  double p = 1.5;
  for (int n = 2; n <= 5; ++n) sum += p *= 0.75;
  system.answers.push_back({"by hand", p / sum});
  return system;
}

}  // namespace

std::vector<TextbookSystem> queueing_systems() {
  return {single_server(),
          loss("ErlangLossOfTen", 10, 10, 0.2146),
          loss("ErlangLossOfFive", 5, 10, 0.0184),
          room(),
          waiting(),
          impatient()};
}

}  // namespace outagesim
