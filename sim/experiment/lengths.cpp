#include "sim/experiment/lengths.h"

#include <algorithm>
#include <cmath>

#include "models/base/normal.h"

namespace outagesim {
namespace {

class LengthsDrawer {
 public:
  LengthsDrawer(const Lognormal& law, std::optional<Seconds> longest)
      : law_(law) {
    const double at_most = longest ? cdf(Law{law}, longest->value) : 1;
    at_most_ = std::max(at_most, 1e-12);
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
    const double p = std::min(u * at_most_, 1 - 1e-16);
    return quantile(Law{law_}, Probability{p});
  }

  void add_rest(double n, Stream& stream) {
    const double s = law_.sigma;
    const double below = std::log(length_at(top_) / law_.median) / s;
    const auto mean_power = [&](double k) {
      return std::exp(k * k * s * s / 2) * normal_cdf(below - k * s) /
             normal_cdf(below);
    };
    const double mean = mean_power(1);
    const double variance = std::max(0.0, mean_power(2) - mean * mean);
    const double z = normal_quantile(Probability{stream.next()});
    drawn_.sum +=
        law_.median * std::max(0.0, n * mean + std::sqrt(n * variance) * z);
  }

  Lognormal law_;
  double at_most_ = 1, top_ = 1;
  LengthsDrawn drawn_;
};

}  // namespace

LengthsDrawn drawn_lengths(const Lognormal& law, std::optional<Seconds> at_most,
                           std::uint64_t n, Stream& stream) {
  return LengthsDrawer(law, at_most).draw(n, stream);
}

}  // namespace outagesim
