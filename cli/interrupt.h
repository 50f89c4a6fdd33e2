// Ctrl-C, SIGTERM and SIGHUP (the terminal has gone) as a request to stop.
// While one of these lives, the first such signal asks for an end and is
// remembered; the second kills as usual, but for a SIGTERM that comes at the
// heels of the first. A thread waits for the signals, so nothing runs inside a
// handler.
#pragma once

#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <stop_token>
#include <thread>

namespace outagesim {

class Interrupt {
 public:
  // Precondition: other threads that should not be killed start later.
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  // 0 if there was none, else 128 + its number: 130, 143 or 129.
  int exit_code() const;

 private:
  void wait_for_signals(const std::stop_token& end);

  sigset_t before_{};
  std::stop_source stop_;
  std::atomic<int> signal_{0};
  std::jthread waiter_;
};

}  // namespace outagesim
