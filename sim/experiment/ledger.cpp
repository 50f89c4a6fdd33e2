#include "sim/experiment/ledger.h"

#include <algorithm>
#include <utility>

namespace outagesim {

Ledger::Ledger(std::uint64_t first, std::vector<TakeText> takers, bool keep)
    : first_(first),
      takers_(std::move(takers)),
      keep_(keep),
      written_(takers_.size()) {}

bool Ledger::put(FinishedRuns piece, const std::stop_token& stop) {
  if (piece.at.first >= piece.at.last) return true;
  piece.texts.resize(takers_.size());
  std::unique_lock lock(mutex_);
  moved_.wait(lock, stop, [&] {
    const bool begun = !pieces_.empty() && pieces_.begin()->first == first_;
    const std::uint64_t lead = begun ? pieces_.begin()->second.at.last : first_;
    return takers_.empty() || piece.at.first < lead + kMostAhead;
  });
  FinishedRuns& joined = join(std::move(piece));
  if (joined.at.first == first_) write(joined);
  moved_.notify_all();
  return fine_;
}

FinishedRuns& Ledger::join(FinishedRuns piece) {
  const auto append = [](FinishedRuns& to, FinishedRuns& from) {
    to.at.last = from.at.last;
    for (std::size_t i = 0; i < to.texts.size(); ++i) {
      to.texts[i] += from.texts[i];
    }
  };
  auto after = pieces_.lower_bound(piece.at.first);
  if (after != pieces_.end() && after->first == piece.at.last) {
    append(piece, after->second);
    after = pieces_.erase(after);
  }
  if (after != pieces_.begin()) {
    FinishedRuns& before = std::prev(after)->second;
    if (before.at.last == piece.at.first) {
      append(before, piece);
      return before;
    }
  }
  const std::uint64_t first = piece.at.first;
  return pieces_.emplace_hint(after, first, std::move(piece))->second;
}

void Ledger::write(FinishedRuns& piece) {
  for (std::size_t i = 0; i < takers_.size(); ++i) {
    std::string& text = piece.texts[i];
    const std::string_view unwritten =
        std::string_view(text).substr(written_[i]);
    if (takers_[i] && !unwritten.empty()) {
      fine_ = fine_ && takers_[i](unwritten);
    }
    if (!keep_) text.clear();
    written_[i] = text.size();
  }
}

void Ledger::finish() {
  const std::scoped_lock lock(mutex_);
  for (auto& [first, piece] : pieces_) {
    if (first != first_) std::ranges::fill(written_, 0);
    write(piece);
  }
}

std::uint64_t Ledger::finished() const {
  const std::scoped_lock lock(mutex_);
  std::uint64_t n = 0;
  for (const auto& [first, piece] : pieces_) n += piece.at.last - first;
  return n;
}

std::vector<FinishedRuns> Ledger::pieces() const {
  const std::scoped_lock lock(mutex_);
  std::vector<FinishedRuns> all;
  for (const auto& [first, piece] : pieces_) all.push_back(piece);
  return all;
}

std::vector<RunRange> Ledger::gaps(std::uint64_t end) const {
  const std::scoped_lock lock(mutex_);
  std::vector<RunRange> all;
  std::uint64_t from = first_;
  for (const auto& [first, piece] : pieces_) {
    if (from < std::min(first, end))
      all.push_back({from, std::min(first, end)});
    from = piece.at.last;
  }
  if (from < end) all.push_back({from, end});
  return all;
}

}  // namespace outagesim
