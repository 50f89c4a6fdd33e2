#include "sim/experiment/lengths.h"

#include <algorithm>
#include <cmath>

#include "models/base/normal.h"

namespace outagesim {
namespace {

class LengthsDrawer {
 public:
  explicit LengthsDrawer(const LengthLaw& law) : law_(law.body) {
    const double at_most = law.at_most ? cdf(Law{law_}, law.at_most->value) : 1;
    at_most_ = std::max(at_most, 1e-12);
    if (!law.tail) return;
    tail_ = *law.tail;
    below_ = std::min(1.0, cdf(Law{law_}, tail_.threshold) / at_most_);
    if (!law.at_most) return;
    cut_ = std::pow(law.at_most->value / tail_.threshold, -tail_.index);
  }

  LengthsDrawn draw(std::uint64_t n, Stream& stream) {
    const bool many = n > kAllDrawn;
    for (std::uint64_t i = 0; i < (many ? kLargest : n); ++i) {
      if (many) {
        // The next largest of n uniform numbers [Devroye86, sec. V.3].
        top_ *= std::pow(stream.next(), 1 / static_cast<double>(n - i));
      }
      const double length = length_at(many ? top_ : stream.next());
      drawn_.sum += length;
      drawn_.longest = std::max(drawn_.longest, length);
    }
    if (many) add_rest(static_cast<double>(n - kLargest), stream);
    return drawn_;
  }

 private:
  // Beyond so many only the largest are drawn one by one: those below the last
  // of them are many, bounded and alike, so that their sum is normal.
  static constexpr std::uint64_t kAllDrawn = 512;
  static constexpr std::uint64_t kLargest = 64;

  double length_at(double u) const {
    if (u <= below_) {
      const double p = std::min(u * at_most_, 1 - 1e-16);
      return quantile(Law{law_}, Probability{p});
    }
    const double passed = (u - below_) / (1 - below_) * (1 - cut_);
    return tail_.threshold *
           std::pow(std::max(1 - passed, 1e-16), -1 / tail_.index);
  }

  // The integral of x^k over the lengths up to `top`, the share `top_`.
  double power_below(double top, double k) const {
    const double s = law_.sigma;
    const double end = top_ > below_ ? tail_.threshold : top;
    const double z = std::log(end / law_.median) / s;
    const double body = std::pow(law_.median, k) * std::exp(k * k * s * s / 2) *
                        normal_cdf(z - k * s).value / at_most_;
    return top_ > below_ ? body + tail_power(top / end, k) : body;
  }

  double tail_power(double reach, double k) const {
    const double a = tail_.index;
    const double grown = std::abs(k - a) < 1e-9
                             ? std::log(reach)
                             : std::expm1((k - a) * std::log(reach)) / (k - a);
    return (1 - below_) / (1 - cut_) * a * std::pow(tail_.threshold, k) * grown;
  }

  void add_rest(double n, Stream& stream) {
    const double top = length_at(top_);
    const double all = power_below(top, 0);
    const double mean = power_below(top, 1) / all;
    const double variance =
        std::max(0.0, power_below(top, 2) / all - mean * mean);
    const double z = normal_quantile(Probability{stream.next()});
    drawn_.sum += std::max(0.0, n * mean + std::sqrt(n * variance) * z);
  }

  Lognormal law_;
  ParetoTail tail_;
  double at_most_ = 1, top_ = 1;
  double below_ = 1;  // the share of lengths below the tail
  double cut_ = 0;    // the share of the tail that is above what may come
  LengthsDrawn drawn_;
};

}  // namespace

LengthsDrawn drawn_lengths(const LengthLaw& law, std::uint64_t n,
                           Stream& stream) {
  return LengthsDrawer(law).draw(n, stream);
}

}  // namespace outagesim
