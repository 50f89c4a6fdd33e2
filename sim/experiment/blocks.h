// The parallel loop over replications. Blocks of a fixed size are taken in
// order by whichever thread is free. After a stop no more are taken; the work
// on those taken may give up early, so what is finished then need not be a
// prefix.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

namespace outagesim {

inline constexpr std::uint64_t kBlockSize = 16;

struct BlockRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // one past the end
  unsigned threads = 1;
  std::stop_token stop;
};
struct Block {
  std::uint64_t number = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::stop_token stop;  // the loop is to end: wait for nobody any more
};

using BlockWork = std::function<void(unsigned thread, const Block&)>;

// Calls work(thread, block) for the blocks of the range, several threads at
// once, each with its own number below `threads`. Returns one past the last
// replication that was taken. What `work` throws is thrown here, once all have
// ended; std::system_error if the system grants no more threads.
// Precondition: threads > 0.
std::uint64_t run_blocks(const BlockRange& range, const BlockWork& work);

// How many threads to use: those asked for, or all cores if 0; no more than
// there are blocks.
unsigned thread_count(unsigned asked, std::uint64_t replications);

}  // namespace outagesim
