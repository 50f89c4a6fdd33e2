#include "sim/experiment/race_integral.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "models/analysis/incident_race.h"
#include "models/analysis/race_serving.h"
#include "sim/experiment/lattice.h"
#include "sim/experiment/race_path.h"

namespace outagesim {
namespace {

constexpr std::uint32_t kShifts = 16;

struct Tally {
  double n = 0, sum = 0, squares = 0, cubes = 0;

  void add(double x) {
    n += 1;
    sum += x;
    squares += x * x;
    cubes += x * x * x;
  }
  void merge(const Tally& other) {
    n += other.n;
    sum += other.sum;
    squares += other.squares;
    cubes += other.cubes;
  }
  double mean() const { return sum / n; }
  double skewness() const {
    const double m = mean(), v = squares / n - m * m;
    const double third = cubes / n - 3 * m * squares / n + 2 * m * m * m;
    return v > 0 ? third / std::pow(v, 1.5) : 0;
  }
};
using ByShift = std::array<Tally, kShifts>;

template <class Value>
double spread_of_shifts(Value value) {
  Tally all;
  for (std::uint32_t s = 0; s < kShifts; ++s) all.add(value(s));
  const double m = all.mean();
  const double v = std::max(0.0, all.squares / kShifts - m * m);
  return std::sqrt(v / (kShifts - 1));
}

// One number of one subject.
class RaceTally {
 public:
  RaceTally(Subject subject, std::string_view metric)
      : subject_(subject), metric_(find_metric(metric)) {}

  void add(std::uint32_t shift, double x) { tallies_[shift].add(x); }
  // A time of which those beyond `limit` are not seen to their end.
  void add_time(std::uint32_t shift, double t, double limit) {
    if (t <= limit) tallies_[shift].add(t);
    times_[shift].push_back(t);
  }

  bool is_empty() const {
    return std::ranges::any_of(tallies_,
                               [](const Tally& t) { return t.n == 0; });
  }
  RaceNumber number(RaceMeasure measure) const {
    RaceNumber number{subject_, metric_, measure};
    Tally all;
    for (const Tally& tally : tallies_) all.merge(tally);
    number.value = all.mean();
    number.skewness = all.skewness();
    number.error =
        spread_of_shifts([&](std::uint32_t s) { return tallies_[s].mean(); });
    return number;
  }
  // Infinite where less than half of them ever come.
  RaceNumber middle() const {
    RaceNumber number{subject_, metric_, RaceMeasure::kMiddle};
    std::vector<double> all;
    for (const auto& times : times_) {
      all.insert(all.end(), times.begin(), times.end());
    }
    number.value = middle_of(all);
    number.error =
        spread_of_shifts([&](std::uint32_t s) { return middle_of(times_[s]); });
    number.share_error = spread_of_shifts([&](std::uint32_t s) {
      const auto below = std::ranges::count_if(
          times_[s], [&](double t) { return t < number.value; });
      return static_cast<double>(below) / static_cast<double>(times_[s].size());
    });
    return number;
  }

 private:
  static double middle_of(std::vector<double> times) {
    const auto middle =
        times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    return *middle;
  }

  Subject subject_;
  const Metric* metric_;
  ByShift tallies_;
  std::array<std::vector<double>, kShifts> times_;
};

// What is told of one product.
class ProductTallies {
 public:
  ProductTallies(const Model& model, std::uint32_t product)
      : model_(model), subject_{Scope::kProduct, product} {}

  void add(std::uint32_t shift, const RacePath& path) {
    availability_.add(shift, path.availability);
    if (path.has_people) {
      minutes_.add(shift, path.user_minutes_lost);
      affected_.add(shift, path.users_affected);
    }
    if (!path.is_out) return;
    downtime_.add(shift, std::min(path.recovered, path.left));
    long_.add(shift, std::min(path.recovered, path.left) > kLong ? 1 : 0);
    ttr_.add_time(shift, path.recovered, path.seen_until);
    if (path.is_substantial) {
      ttm_.add_time(shift, path.mitigated, path.seen_until);
    }
    if (path.said < std::numeric_limits<double>::infinity()) {
      word_.add_time(shift, path.said, path.left);
    }
    told_.add(shift, path.said <= path.left ? 1 : 0);
  }

  void write(std::vector<RaceNumber>& into) const {
    using enum RaceMeasure;
    for (const RaceTally* tally :
         {&availability_, &downtime_, &ttr_, &ttm_, &minutes_, &affected_}) {
      if (!tally->is_empty()) into.push_back(tally->number(kMean));
      const bool has_middle = tally == &ttr_ || tally == &ttm_;
      if (!has_middle || tally->is_empty()) continue;
      RaceNumber middle = tally->middle();
      if (std::isfinite(middle.value)) into.push_back(middle);
    }
    if (!long_.is_empty() && knows_long()) into.push_back(long_.number(kShare));
    if (word_.is_empty() || !model_.plan.communication) return;
    into.push_back(word_.number(kMean));
    into.push_back(told_.number(kShare));
  }

 private:
  static constexpr double kLong = 4 * 3600;

  // An outage that is open at the horizon has lasted for so long.
  bool knows_long() const {
    return (model_.horizon - model_.plan.faults[0].trigger.at -
            model_.outage.ends_after)
               .value > kLong;
  }

  const Model& model_;
  Subject subject_;
  RaceTally availability_{subject_, "availability_time"};
  RaceTally downtime_{subject_, "downtime"};
  RaceTally ttr_{subject_, "ttr"}, ttm_{subject_, "ttm"};
  RaceTally long_{subject_, "outage_over_4h_probability"};
  RaceTally minutes_{subject_, "user_minutes_lost"};
  RaceTally affected_{subject_, "users_affected"};
  RaceTally word_{subject_, "time_to_first_word"};
  RaceTally told_{subject_, "time_to_first_word"};
};

class RaceIntegral {
 public:
  RaceIntegral(const Model& model, const IncidentRace& race)
      : model_(model), race_(race) {
    for (std::uint32_t i = 0; i < model.products.size(); ++i) {
      servings_.push_back(race_serving(model, i, race));
      tallies_.emplace_back(model, i);
    }
  }

  RaceNumbers integrate(std::uint64_t replications) {
    RaceNumbers numbers;
    for (const RaceServing& serving : servings_) {
      numbers.why_not.push_back(serving.why_not);
    }
    numbers.why_no_system = why_no_system();
    ShiftedLattice lattice(2 * replications / kShifts, race_.dimensions());
    for (std::uint32_t s = 0; s < kShifts; ++s) {
      lattice.shift(s);
      for (std::uint32_t i = 0; i < lattice.points(); ++i) {
        race_.run(lattice.point(i), run_);
        add_run(s, numbers.why_no_system.empty());
      }
    }
    for (std::size_t i = 0; i < servings_.size(); ++i) {
      if (servings_[i].why_not.empty()) tallies_[i].write(numbers.known);
    }
    for (const RaceTally* tally : {&all_minutes_, &blast_}) {
      if (!tally->is_empty()) {
        numbers.known.push_back(tally->number(RaceMeasure::kMean));
      }
    }
    return numbers;
  }

 private:
  // Of products that the incident does not reach nothing is lost.
  std::string why_no_system() const {
    if (model_.populations.empty()) return "nobody uses it";
    for (const CompiledPopulation& people : model_.populations) {
      const RaceServing& serving = servings_[people.product];
      if (!serving.why_not.empty() && !serving.is_untouched) {
        return model_.graph.services[model_.products[people.product]].name +
               ": " + serving.why_not;
      }
    }
    return {};
  }

  void add_run(std::uint32_t shift, bool of_system) {
    double minutes = 0, affected = 0;
    for (std::size_t i = 0; i < servings_.size(); ++i) {
      if (!servings_[i].why_not.empty()) continue;
      const RacePath& path =
          paths_.follow(servings_[i], static_cast<std::uint32_t>(i), run_);
      tallies_[i].add(shift, path);
      minutes += path.user_minutes_lost;
      affected += path.users_affected;
    }
    if (!of_system) return;
    all_minutes_.add(shift, minutes);
    blast_.add(shift, affected / paths_.users());
  }

  const Model& model_;
  const IncidentRace& race_;
  std::vector<RaceServing> servings_;
  std::vector<ProductTallies> tallies_;
  RaceTally all_minutes_{{}, "user_minutes_lost"};
  RaceTally blast_{{}, "blast_users_total"};
  RacePaths paths_{model_};
  RaceRun run_;
};

}  // namespace

RaceNumbers race_numbers(const Model& model, std::uint64_t replications) {
  const auto at_a_time = [](const CompiledFault& fault) {
    return fault.trigger.kind == CompiledTrigger::Kind::kAtTime;
  };
  const auto& faults = model.plan.faults;
  const auto first = std::ranges::find_if(faults, at_a_time);
  if (first == faults.end()) return {};
  const IncidentRace race(model,
                          static_cast<std::uint32_t>(first - faults.begin()));
  if (race.doubt().empty()) {
    return RaceIntegral(model, race).integrate(replications);
  }
  RaceNumbers none;
  none.why_not.assign(model.products.size(), race.doubt());
  none.why_no_system = race.doubt();
  return none;
}

}  // namespace outagesim
