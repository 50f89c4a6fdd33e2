#include "viz/falls_report.h"

#include <algorithm>
#include <vector>

#include "models/base/text.h"
#include "viz/csv.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

constexpr std::size_t kWorst = 20;

// The first of equals is the first written.
std::vector<FallCount> worst_of(std::span<const FallCount> falls) {
  std::vector<FallCount> worst(falls.begin(), falls.end());
  const auto is_worse = [](const FallCount& a, const FallCount& b) {
    return a.services != b.services ? a.services > b.services
                                    : a.service < b.service;
  };
  const auto end = worst.begin() +
                   static_cast<std::ptrdiff_t>(std::min(kWorst, worst.size()));
  std::ranges::partial_sort(worst, end, is_worse);
  worst.erase(end, worst.end());
  return worst;
}

std::string share_that(std::span<const FallCount> falls, std::uint32_t least) {
  const auto n = std::ranges::count_if(
      falls, [&](const FallCount& fall) { return fall.services >= least; });
  return std::to_string(n) + " (" +
         exact_text(static_cast<double>(n) / static_cast<double>(falls.size()),
                    NumberKind::kShare) +
         ")";
}

}  // namespace

std::string falls_text(const Model& model, std::span<const FallCount> falls,
                       const TextStyle& style) {
  using enum Table::Align;
  Table table{{{"if it falls"},
               {"others fall", kRight},
               {"products", kRight},
               {"users hit", kRight}},
              {}};
  for (const FallCount& fall : worst_of(falls)) {
    table.add({model.graph.services[fall.service].name,
               std::to_string(fall.services), std::to_string(fall.products),
               exact_text(fall.users.value, NumberKind::kShare)});
  }
  double sum = 0;
  for (const FallCount& fall : falls) sum += fall.services;
  const double mean = sum / static_cast<double>(falls.size());
  return to_text(table, style) + "\n" +
         wrapped("  Of " + std::to_string(falls.size()) + " services " +
                     share_that(falls, 1) + " take another with them, " +
                     share_that(falls, 100) +
                     " a hundred or more; on average " + significant(mean, 3) +
                     " others fall. Exact, not a sample. Only what falls "
                     "entirely is counted: soft and async needs, and those "
                     "that part of the requests make, take nothing down, `any` "
                     "falls with the last of its alternatives, a quorum when "
                     "too few are left.",
                 88, 2);
}

std::string falls_csv(const Model& model, std::span<const FallCount> falls) {
  std::string text = "service,services,products,users_share\n";
  CsvWriter csv(text);
  for (const FallCount& fall : falls) {
    csv.field(model.graph.services[fall.service].name)
        .field(std::uint64_t{fall.services})
        .field(std::uint64_t{fall.products})
        .field(fall.users.value)
        .end_row();
  }
  return text;
}

}  // namespace outagesim
