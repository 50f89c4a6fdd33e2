// The parallel loop over replications. Blocks of a fixed size are taken in
// order by whichever thread is free. After a stop no more are taken; the work
// on those taken may give up early, so what is finished then need not be a
// prefix.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

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
// Precondition: `first` is a multiple of kBlockSize; threads > 0.
std::uint64_t run_blocks(const BlockRange& range, const BlockWork& work);

// How many threads to use: those asked for, or all cores if 0; no more than
// there are blocks.
unsigned thread_count(unsigned asked, std::uint64_t replications);

// Puts what blocks have to say in their order. Writing is serial; a thread too
// far ahead waits, so memory stays bounded.
class InOrder {
 public:
  // `write` says whether it could; a refusal is remembered.
  explicit InOrder(std::function<bool(std::string_view)> write)
      : write_(std::move(write)) {}

  // The text of a block. Each block from 0 on is put once. False once a write
  // was refused. Gives up waiting when a stop is requested.
  bool put(std::uint64_t number, std::string text, const std::stop_token& stop);

 private:
  void write_ready();

  static constexpr std::uint64_t kMostAhead = 256;

  std::function<bool(std::string_view)> write_;
  std::mutex mutex_;
  std::condition_variable_any moved_;
  std::map<std::uint64_t, std::string> waiting_;
  std::uint64_t next_ = 0;
  bool fine_ = true;
};

}  // namespace outagesim
