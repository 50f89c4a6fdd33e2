#include "viz/few_runs.h"

#include "viz/people_numbers.h"

namespace outagesim {

std::string few_runs_note(std::uint64_t n, std::string_view what) {
  if (n == 0 || n >= kEnoughForBands) return "";
  if (n == 1) {
    return "One " + std::string(what) +
           " alone: nothing tells how far off its numbers are, and there are "
           "no intervals. More --replications give them.";
  }
  return "Only " + counted(n, what) +
         ": the ends of 90 % of cases are the least and the greatest seen, or "
         "nearly so, and what was the same in all may still differ; from " +
         std::to_string(kEnoughForBands) +
         " --replications on they are sure "
         "to 95 %.";
}

}  // namespace outagesim
