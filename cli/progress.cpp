#include "cli/progress.h"

#include <iostream>
#include <string>

#include "cli/terminal.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr std::chrono::milliseconds kBetween{100};

}  // namespace

ProgressLine::ProgressLine(bool quiet)
    : visible_(!quiet && speaks_to_a_person()) {}

ProgressLine::~ProgressLine() {
  if (drawn_) std::cerr << "\r\x1b[K" << std::flush;
}

void ProgressLine::show(std::uint64_t finished, std::uint64_t of,
                        std::string_view estimate) {
  const Clock::time_point now = Clock::now();
  if (!visible_ || now - last_ < kBetween) return;
  last_ = now;
  drawn_ = true;
  const std::chrono::duration<double> spent = now - began_;
  const double share = static_cast<double>(finished) / static_cast<double>(of);
  const Seconds left{spent.count() * (1 - share) / share};
  std::string line = std::to_string(finished) + " of " + std::to_string(of) +
                     " runs, " + std::to_string(int(100 * share)) + " %, " +
                     format_duration(left) + " left";
  if (!estimate.empty()) line += "; " + std::string(estimate);
  std::cerr << "\r\x1b[K" << on_one_line(line) << std::flush;
}

std::function<void(std::uint64_t, std::uint64_t)> ProgressLine::shower() {
  return
      [this](std::uint64_t finished, std::uint64_t of) { show(finished, of); };
}

}  // namespace outagesim
