// The progress line: on standard error, on a terminal only, ten times a second
// at most, gone when the work is done.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace outagesim {

class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  bool visible() const { return visible_; }
  // `estimate`: what is known so far, or nothing.
  void show(std::uint64_t finished, std::uint64_t of,
            std::string_view estimate = {});
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
