#include "cli/progress.h"

#include <unistd.h>

#include <iostream>

#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr std::chrono::milliseconds kBetween{100};

}  // namespace

ProgressLine::ProgressLine(bool quiet)
    : visible_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (drawn_) std::cerr << "\r\x1b[K" << std::flush;
}

void ProgressLine::show(std::uint64_t finished, std::uint64_t of) {
  const Clock::time_point now = Clock::now();
  if (!visible_ || now - last_ < kBetween) return;
  last_ = now;
  drawn_ = true;
  const std::chrono::duration<double> spent = now - began_;
  const double share = static_cast<double>(finished) / static_cast<double>(of);
  const Seconds left{spent.count() * (1 - share) / share};
  std::cerr << "\r\x1b[K" << finished << " of " << of << " runs, "
            << static_cast<int>(100 * share) << " %, " << format_duration(left)
            << " left" << std::flush;
}

std::function<void(std::uint64_t, std::uint64_t)> ProgressLine::shower() {
  return
      [this](std::uint64_t finished, std::uint64_t of) { show(finished, of); };
}

}  // namespace outagesim
