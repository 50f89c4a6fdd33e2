#include "sim/experiment/attribution.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

#include "models/base/text.h"
#include "sim/experiment/blocks.h"
#include "sim/stats/moments.h"

namespace outagesim {
namespace {

constexpr unsigned kMostPlayers = 63;

Mean mean_of(const std::vector<double>& values) {
  Mean mean;
  for (const double value : values) mean.add(value);
  return mean;
}

double error_of(const Mean& mean) {
  return std::sqrt(std::max(0.0, mean.variance()) / double(mean.n));
}

Attribution stopped() {
  Attribution result;
  result.partial = true;
  return result;
}

// What is being computed, and how far it is.
class Sharing {
 public:
  Sharing(const AttributionGame& game, const Outcome& outcome,
          const AttributionOptions& options, const AttributionWatch& watch)
      : game_(game), outcome_(outcome), options_(options), watch_(watch) {}

  Attribution exact();
  Attribution sampled();

 private:
  unsigned players() const {
    return static_cast<unsigned>(game_.players.size());
  }

  // Empty if stopped.
  std::vector<double> values(const Model& model, std::uint64_t first,
                             std::uint64_t replications) {
    std::vector<double> found = outcome_values(
        model, outcome_,
        {options_.seed, first, replications, options_.threads, watch_.stop});
    if (found.size() < replications) return {};
    finished_ += replications;
    if (watch_.progress) watch_.progress(finished_, of_);
    return found;
  }

  void add_weighted(std::vector<double>& shares, Coalition coalition,
                    const std::vector<double>& found) const;
  std::vector<double> along(const std::vector<unsigned>& order,
                            std::uint64_t first, std::uint64_t replications);

  const AttributionGame& game_;
  const Outcome& outcome_;
  const AttributionOptions& options_;
  const AttributionWatch& watch_;
  std::uint64_t finished_ = 0, of_ = 0;
};

void finish(Attribution& result, std::size_t players) {
  result.total = mean_of(result.unit_totals).estimate();
  const std::size_t units = result.unit_totals.size();
  result.shares.resize(players);
  for (std::size_t i = 0; i < players; ++i) {
    Mean mean;
    for (std::size_t unit = 0; unit < units; ++unit) {
      mean.add(result.unit_shares[unit * players + i]);
    }
    result.shares[i].share = mean.estimate();
    result.shares[i].standard_error = error_of(mean);
  }
}

// Values of the coalitions of none, one, all but one and all, kept for what is
// told beside the shares.
class Corners {
 public:
  explicit Corners(unsigned players) : all_(everybody(players)) {}

  void offer(Coalition coalition, const std::vector<double>& values) {
    const bool small = (coalition & (coalition - 1)) == 0;
    const Coalition missing = all_ & ~coalition;
    if (small || (missing & (missing - 1)) == 0) values_[coalition] = values;
  }
  const std::vector<double>& at(Coalition coalition) const {
    return values_.at(coalition);
  }
  Estimate difference(Coalition more, Coalition less) const {
    Mean mean;
    for (std::size_t i = 0; i < at(more).size(); ++i) {
      mean.add(at(more)[i] - at(less)[i]);
    }
    return mean.estimate();
  }

 private:
  Coalition all_;
  std::map<Coalition, std::vector<double>> values_;
};

// What the values of a coalition count in each player's share.
void Sharing::add_weighted(std::vector<double>& shares, Coalition coalition,
                           const std::vector<double>& found) const {
  const unsigned n = players();
  for (unsigned i = 0; i < n; ++i) {
    const double weight = shapley_coefficient(n, coalition, i);
    for (std::size_t r = 0; r < found.size(); ++r) {
      shares[r * n + i] += weight * found[r];
    }
  }
}

Attribution Sharing::exact() {
  const unsigned n = players();
  const std::uint64_t runs = options_.replications;
  Attribution result;
  result.coalitions = everybody(n) + 1;
  result.replications = runs;
  of_ = result.coalitions * runs;
  result.unit_shares.assign(runs * n, 0);
  Corners corners(n);
  for (Coalition coalition = 0; coalition <= everybody(n); ++coalition) {
    const auto model = game_.model(coalition);
    const std::vector<double> found = values(*model, 0, runs);
    if (found.empty()) return stopped();
    corners.offer(coalition, found);
    add_weighted(result.unit_shares, coalition, found);
  }
  const Coalition all = everybody(n);
  for (std::uint64_t r = 0; r < runs; ++r) {
    result.unit_totals.push_back(corners.at(all)[r] - corners.at(0)[r]);
  }
  result.none = mean_of(corners.at(0)).estimate();
  result.all = mean_of(corners.at(all)).estimate();
  finish(result, n);
  for (unsigned i = 0; i < n; ++i) {
    const Coalition one = Coalition{1} << i;
    result.shares[i].alone = corners.difference(one, 0);
    result.shares[i].last = corners.difference(all, all & ~one);
  }
  return result;
}

// What each player adds on average over these replications, in the order of
// the players; then the values of nobody and of all. Empty if stopped.
std::vector<double> Sharing::along(const std::vector<unsigned>& order,
                                   std::uint64_t first,
                                   std::uint64_t replications) {
  std::vector<double> added(order.size() + 2);
  Coalition coalition = 0;
  double before = 0;
  for (std::size_t step = 0; step <= order.size(); ++step) {
    if (step > 0) coalition |= Coalition{1} << order[step - 1];
    const auto model = game_.model(coalition);
    const std::vector<double> found = values(*model, first, replications);
    if (found.empty()) return {};
    const double value = mean_of(found).mean();
    if (step == 0) added[order.size()] = value;
    if (step > 0) added[order[step - 1]] = value - before;
    before = value;
  }
  added.back() = before;
  return added;
}

Attribution Sharing::sampled() {
  const unsigned n = players();
  const std::uint64_t pairs = options_.order_pairs;
  const std::uint64_t blocks =
      (options_.replications + pairs * kBlockSize - 1) / (pairs * kBlockSize);
  const std::uint64_t each = blocks * kBlockSize;
  Attribution result;
  result.exact = false;
  result.orders = 2 * pairs;
  result.replications = each * pairs;
  result.coalitions = result.orders * (n + 1);
  of_ = result.coalitions * each;
  Mean none, all;
  for (std::uint64_t pair = 0; pair < pairs; ++pair) {
    Stream stream({options_.seed, pair, name_hash("order of players"), 0});
    std::vector<unsigned> order = random_order(n, stream);
    const auto there = along(order, pair * each, each);
    std::ranges::reverse(order);
    const auto back = along(order, pair * each, each);
    if (there.empty() || back.empty()) return stopped();
    for (unsigned i = 0; i < n; ++i) {
      result.unit_shares.push_back((there[i] + back[i]) / 2);
    }
    none.add(there[n]);
    all.add(there[n + 1]);
    result.unit_totals.push_back(there[n + 1] - there[n]);
  }
  result.none = none.estimate();
  result.all = all.estimate();
  finish(result, n);
  return result;
}

}  // namespace

Attribution attribute(const AttributionGame& game, const Outcome& outcome,
                      const AttributionOptions& options,
                      const AttributionWatch& watch) {
  assert(!game.players.empty() && game.players.size() <= kMostPlayers);
  Sharing sharing(game, outcome, options, watch);
  return game.players.size() <= options.most_exact ? sharing.exact()
                                                   : sharing.sampled();
}

}  // namespace outagesim
