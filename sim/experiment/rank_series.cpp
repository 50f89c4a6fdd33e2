#include "sim/experiment/rank_series.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <thread>

#include "models/base/error.h"
#include "sim/core/byte_archive.h"

namespace outagesim {
namespace {

constexpr double kStretchSeconds = 0.5;
constexpr std::uint64_t kFirstStretch = 4 * kBlockSize;

// From a rank to rank 0. An empty one asks for the first order.
struct WorkReport {
  std::vector<FinishedRuns> runs;
  std::string state;
  double seconds = 0;

  template <class Archive>
  void visit(Archive& archive) {
    archive(runs, state, seconds);
  }
};

// From rank 0: a stretch to simulate, or the total of all.
struct WorkOrder {
  RunRange at;
  bool done = false;
  std::uint64_t finished = 0;
  std::string state;

  template <class Archive>
  void visit(Archive& archive) {
    archive(at, done, finished, state);
  }
};

double now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

// MPI's own waiting would keep a core busy.
void rest() { std::this_thread::sleep_for(std::chrono::microseconds(200)); }

template <class Letter>
Letter open_letter(const std::string& text) {
  Letter letter;
  if (!read_bytes(text, letter)) {
    throw InternalError("a rank's letter cannot be read");
  }
  return letter;
}

void add_state(const SeriesTally& tally, const std::string& state) {
  if (tally.add(state)) return;
  throw InternalError("a rank's sums are not those of the scenario");
}

std::uint64_t length(const std::vector<RunRange>& stretches) {
  std::uint64_t n = 0;
  for (const RunRange& one : stretches) n += one.last - one.first;
  return n;
}

std::optional<WorkOrder> next_order(const RankLink& link,
                                    const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (const auto letter = link.receive()) {
      return open_letter<WorkOrder>(letter->text);
    }
    rest();
  }
  return std::nullopt;
}

WorkReport carry_out(const RunRange& at, const RankWork& work) {
  WorkReport report;
  const double began = now();
  report.runs = work.simulate(at);
  report.seconds = now() - began;
  work.tally.gather();
  report.state = work.tally.save();
  work.tally.clear();
  return report;
}

}  // namespace

RankLeader::RankLeader(
    const RankLink& link, RankWork work,
    std::function<void(const std::vector<FinishedRuns>&)> take,
    std::function<void()> tend)
    : link_(link),
      work_(std::move(work)),
      take_(std::move(take)),
      tend_(std::move(tend)),
      members_(link.size) {
  members_.front().present = true;
}

void RankLeader::fill(std::vector<RunRange> stretches) {
  to_do_ = std::move(stretches);
  std::ranges::reverse(to_do_);
  while (!work_.stop.stop_requested()) {
    give_all_who_wait();
    const bool moved = collect_letters() || collect_own();
    if (to_do_.empty() && std::ranges::none_of(members_, &Member::working)) {
      return;
    }
    tend_();
    if (!moved) rest();
  }
  if (own_) finish_own();
}

// As much as the rank does in half a second, and towards the end ever less, so
// that all end together.
RunRange RankLeader::next_stretch(const Member& member) {
  const std::uint64_t share = length(to_do_) / (2 * members_.size());
  const auto paced = static_cast<std::uint64_t>(member.rate * kStretchSeconds);
  std::uint64_t size = member.rate == 0 ? kFirstStretch : paced;
  size = std::max(std::min(size, share) / kBlockSize, std::uint64_t{1});
  RunRange& gap = to_do_.back();
  const RunRange stretch{gap.first,
                         std::min(gap.last, gap.first + size * kBlockSize)};
  gap.first = stretch.last;
  if (gap.first == gap.last) to_do_.pop_back();
  return stretch;
}

void RankLeader::give_all_who_wait() {
  for (unsigned rank = 0; rank < members_.size(); ++rank) {
    const bool waits = members_[rank].present && !members_[rank].working;
    if (waits && !to_do_.empty()) give(rank);
  }
}

void RankLeader::give(unsigned rank) {
  Member& member = members_[rank];
  const RunRange stretch = next_stretch(member);
  member.working = true;
  if (rank != 0) {
    WorkOrder order{stretch, false, 0, {}};
    link_.send(rank, bytes_of(order));
    return;
  }
  own_began_ = now();
  own_ = std::async(std::launch::async,
                    [this, stretch] { return work_.simulate(stretch); });
}

bool RankLeader::collect_own() {
  if (!own_) return false;
  const auto state = own_->wait_for(std::chrono::seconds(0));
  if (state != std::future_status::ready) return false;
  finish_own();
  return true;
}

void RankLeader::finish_own() {
  const std::vector<FinishedRuns> runs = own_->get();
  own_.reset();
  work_.tally.gather();
  count(members_.front(), runs, now() - own_began_);
  take_(runs);
}

bool RankLeader::collect_letters() {
  bool any = false;
  while (const auto letter = link_.receive()) {
    any = true;
    const auto report = open_letter<WorkReport>(letter->text);
    if (!report.state.empty()) add_state(work_.tally, report.state);
    count(members_[letter->from], report.runs, report.seconds);
    take_(report.runs);
  }
  return any;
}

void RankLeader::count(Member& member, const std::vector<FinishedRuns>& runs,
                       double seconds) {
  member.present = true;
  member.working = false;
  std::uint64_t n = 0;
  for (const FinishedRuns& one : runs) n += one.at.last - one.at.first;
  if (n == 0) return;
  member.rate = static_cast<double>(n) / std::max(seconds, 1e-6);
}

void RankLeader::dismiss(std::uint64_t finished) {
  const auto all_present = [this] {
    return std::ranges::all_of(members_, &Member::present);
  };
  while (!all_present() && !work_.stop.stop_requested()) {
    if (!collect_letters()) rest();
  }
  if (!all_present()) return;
  WorkOrder order{{}, true, finished, work_.tally.save()};
  const std::string text = bytes_of(order);
  for (unsigned rank = 1; rank < members_.size(); ++rank) {
    link_.send(rank, text);
  }
}

SeriesEnd serve_leader(const RankLink& link, const RankWork& work) {
  WorkReport report;
  link.send(0, bytes_of(report));
  while (const auto order = next_order(link, work.stop)) {
    if (order->done) {
      work.tally.clear();
      add_state(work.tally, order->state);
      return {order->finished, false};
    }
    report = carry_out(order->at, work);
    if (work.stop.stop_requested()) break;
    link.send(0, bytes_of(report));
  }
  return {0, true};
}

}  // namespace outagesim
