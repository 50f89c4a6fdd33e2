#include "sim/experiment/check_verdicts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/experiment/p_values.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;
// Phases further off than this at some time (those of a constant) say too
// little of what they may be off by.
constexpr double kRoughFit = 0.05;

}  // namespace

void compare_means(CheckRow& row, double difference, double variance) {
  const double error = std::sqrt(variance + row.exact_error * row.exact_error);
  const bool same = std::abs(difference) <= kEqual * std::abs(row.exact) ||
                    std::abs(difference) <= kEqual;
  row.z = same ? 0 : difference / error;
  if (error == 0 && !same) row.z = std::copysign(40.0, difference);
  const double beyond = std::max(0.0, std::abs(difference) - row.fit_moves);
  row.p_value = two_sided(
      beyond < std::abs(difference) && error > 0 ? beyond / error : row.z);
}

void judge(std::vector<CheckRow>& rows) {
  std::vector<std::pair<double, std::size_t>> judged;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CheckRow& row = rows[i];
    if (row.verdict == CheckVerdict::kTooFew ||
        row.verdict == CheckVerdict::kExactOnly) {
      continue;
    }
    if (row.fit_error > 0 && two_sided(row.z) < kFamilyError) {
      row.verdict = CheckVerdict::kFitOnly;
    }
    if (row.fit_error > kRoughFit) {
      row.verdict = CheckVerdict::kFitOnly;
      continue;
    }
    judged.emplace_back(row.p_value, i);
  }
  std::ranges::sort(judged);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const auto left = static_cast<double>(judged.size() - i);
    if (judged[i].first * left > kFamilyError) return;
    rows[judged[i].second].verdict = CheckVerdict::kDiffers;
  }
}

std::string_view verdict_name(CheckVerdict verdict) {
  static constexpr std::array<std::string_view, 5> kNames{
      "agrees", "differs", "too few", "fit only", "exact only"};
  return kNames[static_cast<std::size_t>(verdict)];
}

bool CheckReport::agrees() const {
  return std::ranges::none_of(rows, [](const CheckRow& row) {
    return row.verdict == CheckVerdict::kDiffers;
  });
}

std::size_t CheckReport::judged() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(rows, [](const CheckRow& row) {
        return row.verdict == CheckVerdict::kAgrees ||
               row.verdict == CheckVerdict::kDiffers;
      }));
}

}  // namespace outagesim
