// The progress line: on standard error, on a terminal only, ten times a second
// at most, gone when the work is done.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace outagesim {

class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(std::uint64_t finished, std::uint64_t of);
  // show(), to hand to what works; this line must outlive it.
  std::function<void(std::uint64_t finished, std::uint64_t of)> shower();

 private:
  using Clock = std::chrono::steady_clock;

  bool visible_;
  bool drawn_ = false;
  Clock::time_point began_ = Clock::now();
  Clock::time_point last_;
};

}  // namespace outagesim
