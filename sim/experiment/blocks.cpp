#include "sim/experiment/blocks.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <future>
#include <thread>
#include <vector>

namespace outagesim {
namespace {

// Stops the other threads if this one is left by an exception.
class StopUnlessDone {
 public:
  explicit StopUnlessDone(std::stop_source& stop) : stop_(stop) {}
  ~StopUnlessDone() {
    if (!done_) stop_.request_stop();
  }
  StopUnlessDone(const StopUnlessDone&) = delete;
  StopUnlessDone& operator=(const StopUnlessDone&) = delete;
  void done() { done_ = true; }

 private:
  std::stop_source& stop_;
  bool done_ = false;
};

// What one thread does: blocks in order, until there are none or all is to end.
void take_blocks(const BlockRange& range, std::atomic<std::uint64_t>& next,
                 std::stop_source& stop,
                 const std::function<void(const Block&)>& work) {
  StopUnlessDone guard(stop);
  while (!stop.stop_requested()) {
    const std::uint64_t number = next++;
    const std::uint64_t first = number * kBlockSize;
    if (first >= range.last) break;
    work({number, std::max(first, range.first),
          std::min(first + kBlockSize, range.last), stop.get_token()});
  }
  guard.done();
}

// Calls work(0) … work(n - 1), each on a thread of its own, and waits for all.
// What one of them throws is thrown here. Where the system refuses a thread,
// those begun are asked to stop.
void on_threads(unsigned n, std::stop_source& stop,
                const std::function<void(unsigned)>& work) {
  std::vector<std::future<void>> ends;
  std::vector<std::jthread> threads;
  StopUnlessDone guard(stop);  // goes before `threads` joins
  for (unsigned i = 0; i < n; ++i) {
    std::packaged_task<void()> task([&work, i] { work(i); });
    ends.push_back(task.get_future());
    threads.emplace_back(std::move(task));
  }
  guard.done();
  threads.clear();  // joins
  for (std::future<void>& end : ends) end.get();
}

}  // namespace

unsigned thread_count(unsigned asked, std::uint64_t replications) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const std::uint64_t blocks = (replications + kBlockSize - 1) / kBlockSize;
  const std::uint64_t wanted = asked == 0 ? cores : asked;
  return static_cast<unsigned>(std::clamp<std::uint64_t>(blocks, 1, wanted));
}

std::uint64_t run_blocks(const BlockRange& range, const BlockWork& work) {
  assert(range.threads > 0);
  std::stop_source stop;
  const std::stop_callback pass_on(range.stop, [&] { stop.request_stop(); });
  std::atomic<std::uint64_t> next{range.first / kBlockSize};
  on_threads(range.threads, stop, [&](unsigned thread) {
    const auto work_here = [&](const Block& block) { work(thread, block); };
    take_blocks(range, next, stop, work_here);
  });
  return std::min(next.load() * kBlockSize, range.last);
}

}  // namespace outagesim
