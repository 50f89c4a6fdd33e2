// What is finished of a series of replications, and what the replications had
// to say. Pieces come in any order; neighbours become one. Text is written in
// the order of the replications as soon as nothing before it is missing.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

// Replications from `first` up to but not including `last`.
struct RunRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  template <class Archive>
  void visit(Archive& archive) {
    archive(first, last);
  }
  friend bool operator==(const RunRange&, const RunRange&) = default;
};

// A stretch that is finished, with its text by kind of note.
struct FinishedRuns {
  RunRange at;
  std::vector<std::string> texts;

  template <class Archive>
  void visit(Archive& archive) {
    archive(at, texts);
  }
  friend bool operator==(const FinishedRuns&, const FinishedRuns&) = default;
};

// Takes text of one kind; false if it cannot. May be empty: nobody listens.
using TakeText = std::function<bool(std::string_view)>;

class Ledger {
 public:
  // Of a series that begins at `first`. `keep`: text that was written is kept
  // for pieces(); else it is forgotten, and memory stays bounded.
  Ledger(std::uint64_t first, std::vector<TakeText> takers, bool keep);

  // Precondition: nothing of it was put before. From any thread; one too far
  // ahead waits until the others are nearer or a stop is requested. False once
  // a write was refused.
  bool put(FinishedRuns piece, const std::stop_token& stop);

  // Writes what lies beyond gaps too. Nothing may be put afterwards.
  void finish();

  std::uint64_t finished() const;  // replications
  std::vector<FinishedRuns> pieces() const;
  // What is missing before `end`, in order.
  std::vector<RunRange> gaps(std::uint64_t end) const;

 private:
  FinishedRuns& join(FinishedRuns piece);
  void write(FinishedRuns& piece);

  static constexpr std::uint64_t kMostAhead = 4096;

  std::uint64_t first_;
  std::vector<TakeText> takers_;
  bool keep_;
  mutable std::mutex mutex_;
  std::condition_variable_any moved_;
  std::map<std::uint64_t, FinishedRuns> pieces_;  // by first
  std::vector<std::size_t> written_;  // bytes of the first piece, by kind
  bool fine_ = true;
};

}  // namespace outagesim
