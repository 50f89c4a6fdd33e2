#include "cli/interrupt.h"

#include <unistd.h>

#include <chrono>

#include "cli/ranks.h"

namespace outagesim {
namespace {

using Clock = std::chrono::steady_clock;

// Waited for whatever the parent says; it also wakes the thread that waits.
constexpr int kAlways = SIGTERM;

// A scheduler ends all processes of a job, and its script passes that on:
// within this time SIGTERM is said once, however often.
constexpr std::chrono::seconds kEcho{2};

bool is_ignored(int number) {
  struct sigaction present{};
  sigaction(number, nullptr, &present);
  return present.sa_handler == SIG_IGN;
}

// What a parent has told us to ignore stays ignored, as under nohup.
sigset_t watched_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, kAlways);
  for (const int number : {SIGINT, SIGHUP}) {
    if (!is_ignored(number)) sigaddset(&set, number);
  }
  // mpirun ends a job by SIGCONT, and a second later SIGTERM with SIGKILL at
  // its heels: only the first leaves the time to keep what is finished.
  if (job_place().size > 1) sigaddset(&set, SIGCONT);
  return set;
}

// As if nobody had ever watched.
void die_of(int number) {
  struct sigaction usual{};
  usual.sa_handler = SIG_DFL;
  sigaction(number, &usual, nullptr);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  ::kill(::getpid(), number);
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t set = watched_signals();
  pthread_sigmask(SIG_BLOCK, &set, &before_);
  waiter_ = std::jthread(
      [this](const std::stop_token& end) { wait_for_signals(end); });
}

Interrupt::~Interrupt() {
  waiter_.request_stop();
  pthread_kill(waiter_.native_handle(), kAlways);  // wakes it
  waiter_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int Interrupt::exit_code() const { return signal_ == 0 ? 0 : 128 + signal_; }

void Interrupt::wait_for_signals(const std::stop_token& end) {
  const sigset_t set = watched_signals();
  Clock::time_point first;
  while (!end.stop_requested()) {
    const int number = sigwaitinfo(&set, nullptr);
    if (number <= 0 || end.stop_requested()) continue;
    if (number == SIGTERM && signal_ != 0 && Clock::now() - first < kEcho) {
      continue;
    }
    if (signal_ != 0) die_of(number);
    first = Clock::now();
    signal_ = number == SIGCONT ? SIGTERM : number;
    stop_.request_stop();
  }
}

}  // namespace outagesim
