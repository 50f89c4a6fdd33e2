#include "models/analysis/exact_products.h"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "models/analysis/load_doubt.h"

namespace outagesim {
namespace {

// Fractions are sums of weights: equal up to rounding is equal.
constexpr double kEqual = 1e-9;

// Where the horizon is cut for integration: at each break of a source, and
// after each ever finer towards it, since what follows dies away.
std::vector<double> pieces_of(const std::vector<FailureSource>& sources,
                              double horizon) {
  std::vector<double> breaks{0, horizon};
  for (const FailureSource& source : sources) {
    for (const Seconds at : source.breaks) {
      if (at.value > 0 && at.value < horizon) breaks.push_back(at.value);
    }
  }
  std::ranges::sort(breaks);
  std::vector<double> pieces;
  for (std::size_t i = 0; i + 1 < breaks.size(); ++i) {
    if (breaks[i + 1] - breaks[i] < 1e-9 * horizon) continue;
    pieces.push_back(breaks[i]);
    for (int k = 24; k > 0; --k) {
      pieces.push_back(breaks[i] +
                       (breaks[i + 1] - breaks[i]) * std::ldexp(1.0, -k));
    }
  }
  pieces.push_back(horizon);
  return pieces;
}

struct Integral {
  double mean = 0;
  double error = 0;
};

// The mean of f over the pieces.
template <class Function>
Integral mean_over(const std::vector<double>& pieces, Function f) {
  using Rule = boost::math::quadrature::gauss_kronrod<double, 15>;
  Integral all;
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    double error = 0;
    all.mean += Rule::integrate(f, pieces[i], pieces[i + 1], 2, 1e-9, &error);
    all.error += error;
  }
  all.mean /= pieces.back();
  all.error /= pieces.back();
  return all;
}

class ProductSolver {
 public:
  ProductSolver(const Model& model, const CutSetOptions& cuts,
                std::uint32_t phases)
      : model_(model),
        cuts_(cuts),
        sources_(failure_sources(model, phases)),
        functions_(served_functions(model, sources_)),
        horizon_((model.horizon - model.begins).value),
        pieces_(pieces_of(sources_.known, horizon_)) {}

  ExactProducts solve() {
    ExactProducts all;
    for (const FailureSource& source : sources_.known) {
      all.share_under_way.push_back(share_of(source));
    }
    shares_ = all.share_under_way;
    for (std::uint32_t i = 0; i < model_.products.size(); ++i) {
      all.products.push_back(solve_product(i));
    }
    all.sources = std::move(sources_);
    return all;
  }

 private:
  double share_of(const FailureSource& source) const {
    if (source.constant) return source.long_run;
    return mean_over(pieces_,
                     [&](double t) { return source.under_way(Seconds{t}); })
        .mean;
  }

  ExactProduct solve_product(std::uint32_t product) {
    ExactProduct answer;
    answer.product = product;
    const NodeId node = model_.graph.services[model_.products[product]].whole;
    answer.why_not = functions_.why_not[node];
    const std::string load = load_doubt(model_, product);
    if (!load.empty()) answer.why_not.push_back(load);
    if (!answer.why_not.empty()) return answer;
    const ValueRef served = functions_.served[node];
    const double baseline = model_.initial.served[node];
    add_outage(answer, served, baseline);
    const auto used = functions_.diagram.support(served);
    answer.events = used.size();
    note_fits(answer, used);
    add_availability(answer, served, used);
    answer.availability /= baseline;
    return answer;
  }

  void add_outage(ExactProduct& answer, ValueRef served, double baseline) {
    const auto n = static_cast<std::uint32_t>(sources_.known.size());
    outage_ = DecisionDiagram(n);
    const DiagramRef out = functions_.diagram.below(
        served, model_.outage.below.value * baseline - kEqual, outage_);
    answer.outage_share = probability_of(outage_, out, shares_);
    answer.cuts = minimal_cut_sets(outage_, out, cuts_);
    answer.importance = failure_importance(outage_, out, shares_);
  }

  void note_fits(ExactProduct& answer,
                 const std::vector<std::uint32_t>& used) const {
    for (const std::uint32_t i : used) {
      const FailureSource& source = sources_.known[i];
      answer.approximate = answer.approximate || source.approximate;
      answer.fit_error = std::max(answer.fit_error, source.fit_error);
    }
  }

  void add_availability(ExactProduct& answer, ValueRef served,
                        const std::vector<std::uint32_t>& used) const {
    std::vector<double> p = shares_;
    const bool constant = std::ranges::all_of(
        used, [&](std::uint32_t i) { return sources_.known[i].constant; });
    if (constant) {
      answer.availability = functions_.diagram.mean(served, p);
      return;
    }
    const Integral integral = mean_over(pieces_, [&](double t) {
      for (const std::uint32_t i : used) {
        p[i] = sources_.known[i].under_way(Seconds{t});
      }
      return functions_.diagram.mean(served, p);
    });
    answer.availability = integral.mean;
    answer.error = integral.error;
  }

  const Model& model_;
  CutSetOptions cuts_;
  FailureSources sources_;
  ServedFunctions functions_;
  double horizon_;
  std::vector<double> pieces_;
  std::vector<double> shares_;
  DecisionDiagram outage_{0};
};

}  // namespace

ExactProducts exact_products(const Model& model, const CutSetOptions& cuts,
                             std::uint32_t phases) {
  return ProductSolver(model, cuts, phases).solve();
}

}  // namespace outagesim
