// Markov chains: every solver against formulas, against each other, and against
// the published answers of a larger model.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/analysis/closed_forms.h"
#include "models/analysis/state_space.h"
#include "models/analysis/stationary.h"
#include "models/analysis/transient.h"
#include "tests/support/workstation_cluster.h"

namespace outagesim {
namespace {

MarkovChain two_state(double fail, double repair) {
  return make_chain(2, {{0, 1, fail}, {1, 0, repair}});
}

StationaryAnswer solved(const MarkovChain& chain, StationaryMethod method) {
  return stationary(chain, {.method = method, .precision = 1e-13});
}

TEST(MarkovChain, AddsMovesAndLeavesOutLoops) {
  const MarkovChain chain =
      make_chain(2, {{0, 1, 1}, {0, 1, 2}, {1, 1, 5}, {1, 0, 4}});
  EXPECT_EQ(chain.to, (std::vector<std::uint32_t>{1, 0}));
  EXPECT_EQ(chain.rate, (std::vector<double>{3, 4}));
  EXPECT_EQ(chain.exit, (std::vector<double>{3, 4}));
  EXPECT_TRUE(is_irreducible(chain));
  EXPECT_FALSE(is_irreducible(make_chain(2, {{0, 1, 1}})));
}

// n like parts, counted one by one, each failed or not.
using Parts = std::array<std::uint8_t, 8>;

StateSpace<Parts> parts_one_by_one(bool lumped) {
  const auto moves = [](const Parts& parts, const auto& to) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Parts next = parts;
      next[i] = 1 - parts[i];
      to(next, parts[i] ? 2.0 : 0.01);
    }
  };
  const auto sorted = [](Parts parts) {
    std::ranges::sort(parts);
    return parts;
  };
  return lumped ? explore(Parts{}, moves, sorted) : explore(Parts{}, moves);
}

TEST(StateSpace, LumpsLikeComponents) {
  const StateSpace<Parts> single = parts_one_by_one(false);
  const StateSpace<Parts> lumped = parts_one_by_one(true);
  EXPECT_EQ(single.states.size(), 256U);
  EXPECT_EQ(lumped.states.size(), 9U);
  const auto all_down = [](const Parts& p) { return p[0] && p[7]; };
  const auto down = [&](const StateSpace<Parts>& space) {
    const auto sorted = [](Parts parts) {
      std::ranges::sort(parts);
      return parts;
    };
    return probability_of(stationary(space.chain).probability,
                          marked_states(space, [&](const Parts& p) {
                            return all_down(sorted(p));
                          }));
  };
  const double known = std::pow(0.01 / 2.01, 8);
  EXPECT_NEAR(down(single) / known, 1, 1e-12);
  EXPECT_NEAR(down(lumped) / known, 1, 1e-12);
}

TEST(StateSpace, SaysWhenItIsNotWhole) {
  const auto up = [](int n, const auto& to) { to(n + 1, 1.0); };
  EXPECT_FALSE(explore(0, up, std::identity{}, 100).whole);
}

TEST(Stationary, KeepsTheDigitsOfRareStates) {
  std::vector<ChainMove> moves;
  for (std::uint32_t i = 0; i < 6; ++i) {
    moves.push_back({i, i + 1, (6 - i) * 1e-4});
    moves.push_back({i + 1, i, 1});
  }
  const MarkovChain chain = make_chain(7, moves);
  double weight = 1, total = 1;
  for (int i = 0; i < 6; ++i) total += weight *= (6 - i) * 1e-4;
  ASSERT_LT(weight, 1e-20);
  for (const auto method :
       {StationaryMethod::kElimination, StationaryMethod::kGaussSeidel}) {
    const StationaryAnswer answer = solved(chain, method);
    EXPECT_TRUE(answer.converged);
    EXPECT_LT(answer.residual, 1e-12);
    EXPECT_NEAR(answer.probability[6] / (weight / total), 1, 1e-12);
  }
}

TEST(Transient, FollowsTheTwoStateFormula) {
  const MarkovChain chain = two_state(0.1, 0.5);
  for (const double t : {0.0, 0.01, 1.0, 7.0, 1e4, 1e7}) {
    EXPECT_NEAR(transient(chain, {1, 0}, t)[0], two_state_up_at(0.1, 0.5, t),
                1e-12);
    if (t == 0) continue;
    EXPECT_NEAR(occupancy(chain, {1, 0}, t)[0], two_state_mean_up(0.1, 0.5, t),
                1e-12);
  }
}

TEST(Transient, PoissonWeightsSumToOneAndHaveTheirMean) {
  for (const double mean : {1e-9, 0.3, 20.0, 4e3, 1e7}) {
    const PoissonWeights w = poisson_weights(mean);
    double sum = 0, first = 0;
    for (std::size_t i = 0; i < w.weight.size(); ++i) {
      sum += w.weight[i];
      first += w.weight[i] * static_cast<double>(w.first + i);
    }
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_NEAR(first / mean, 1, 1e-9);
  }
}

TEST(MeanTimeTo, IsTheFormulaHoweverRareTheGoal) {
  const CrewedParts parts{5, 2, 1e-5, 0.3, 2};
  std::vector<ChainMove> moves;
  for (std::uint32_t i = 0; i < 4; ++i) {
    moves.push_back({i, i + 1, (5 - i) * 1e-5});
    moves.push_back({i + 1, i, std::min(i + 1, 2U) * 0.3});
  }
  const MarkovChain chain = make_chain(5, moves);
  const TimeToEnter time =
      mean_time_to(chain, surely_in(chain, 0), {0, 0, 0, 0, 1});
  EXPECT_TRUE(time.converged);
  EXPECT_NEAR(time.mean / crewed_time_to_failure(parts), 1, 1e-12);
}

TEST(EnteredBy, IsTheErlangLaw) {
  const MarkovChain chain = make_chain(4, {{0, 1, 2}, {1, 2, 2}, {2, 3, 2}});
  const std::vector<double> by =
      entered_by(chain, surely_in(chain, 0), {0, 0, 0, 1}, {0.5, 3});
  const auto erlang3 = [](double x) {
    return 1 - std::exp(-x) * (1 + x + x * x / 2);
  };
  EXPECT_NEAR(by[0], erlang3(1), 1e-12);
  EXPECT_NEAR(by[1], erlang3(6), 1e-12);
}

// Long-run probability of premium quality, as an exact fraction, and of a fall
// below the minimum within 2,000 h: the Quantitative Verification Benchmark
// Set's answers for this model [Haverkort00, Hartmanns19].
TEST(WorkstationCluster, AnswersAsPublished) {
  const WorkstationCluster two(2);
  EXPECT_EQ(two.space.states.size(), 276U);
  EXPECT_EQ(two.space.chain.to.size(), 1120U);
  const WorkstationCluster four(4);
  EXPECT_EQ(four.space.states.size(), 820U);
  for (const auto method :
       {StationaryMethod::kElimination, StationaryMethod::kGaussSeidel,
        StationaryMethod::kBiCgStab}) {
    EXPECT_NEAR(two.premium(method), 0.9999615335623628, 1e-12);
    EXPECT_NEAR(four.premium(method), 0.9999212408513793, 1e-12);
  }
  const MarkovChain& chain = two.space.chain;
  const double falls =
      entered_by(chain, surely_in(chain, 0), two.below_minimum(), {2000})[0];
  EXPECT_NEAR(falls, 0.001158395575, 2e-9);
}

TEST(WorkstationCluster, OfAHundredAndFiftyThousandStatesIsSolved) {
  const WorkstationCluster large(64);
  EXPECT_EQ(large.space.states.size(), 151060U);
  EXPECT_EQ(large.space.chain.to.size(), 733216U);
  const double premium = large.premium(StationaryMethod::kGaussSeidel);
  EXPECT_NEAR(large.premium(StationaryMethod::kBiCgStab), premium, 1e-9);
  // Published to the iterative precision of 1e-6 a step.
  EXPECT_NEAR(premium, 0.9986761964, 5e-5);
}

}  // namespace
}  // namespace outagesim
