// The reference loops as a program, so that it is timed as outagesim is:
//   outagesim_reference repairable10|mm1|chain10 COUNT [SEED]
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/bench/reference_loop.h"

namespace {

int tell(const outagesim::bench::LoopAnswer& answer, double exact) {
  std::cout.precision(10);
  std::cout << "{\"events\": " << answer.events << ", \"mean\": " << answer.mean
            << ", \"standard_error\": " << answer.standard_error
            << ", \"exact\": " << exact << "}\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  namespace bench = outagesim::bench;
  const std::string which = argc > 2 ? argv[1] : "";
  const std::uint64_t count =
      argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
  const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
  if (count > 0 && which == "repairable10") {
    return tell(bench::repairable_years(count, seed),
                bench::exact_repairable_year());
  }
  if (count > 0 && which == "mm1") {
    return tell(bench::queue_customers(count, seed), bench::exact_queue_time());
  }
  if (count > 0 && which == "chain10") {
    return tell(bench::chain_trials(count, seed), bench::exact_chain());
  }
  std::cerr << "outagesim_reference repairable10|mm1|chain10 COUNT [SEED]\n";
  return 1;
}
