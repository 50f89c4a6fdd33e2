// Laws of chance as values of the language: the text of a law, or the name of
// a stage of the response's library.
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "models/base/suggest.h"
#include "models/base/text.h"
#include "models/parts/distribution_text.h"
#include "models/scenario/value.h"

namespace outagesim {
namespace {

constexpr std::string_view kTimeLaw =
    "a duration such as \"5 min\" or a law such as \"exponential(mean 3 min)\"";

// A law whose far tail no clock could hold is a slip of the pen.
bool stays_finite(const Value& value, const Distribution& law) {
  constexpr Probability kNearlyAlways{1 - 1e-9};
  constexpr double kBeyond = 1e30;
  const double high = quantile(law, kNearlyAlways);
  if (std::isfinite(high) && high < kBeyond) return true;
  wrong(value, "one in a thousand million draws of this law exceeds 1e30 s",
        R"(check its parameters, or cut it: ", at most 1 y")");
  return false;
}

bool read_law(const Value& value, Dimension dimension, std::string_view what,
              Distribution& out) {
  const std::optional<std::string> text = text_of(value);
  if (!text && !value.node->is_number()) return expected(value, what);
  const std::string written =
      text ? *text : round_trip(*value.node->value<double>());
  Parsed<Distribution> law = parse_distribution(written, dimension);
  if (!law) {
    wrong_part(value, law.error, law.offset, law.length);
    return false;
  }
  if (!stays_finite(value, *law)) return false;
  out = std::move(*law.value);
  return true;
}

bool looks_like_a_law(std::string_view text) {
  return text.find('(') != std::string_view::npos || text.empty() ||
         (text[0] >= '0' && text[0] <= '9') || text[0] == '-' || text[0] == '+';
}

bool no_such_stage(const Value& value, const std::string& name) {
  if (!value.in->stages) {
    wrong(value, '"' + name + "\" is neither a law nor a stage",
          "stages are named by `stages` of the response");
    return false;
  }
  wrong(value,
        "[stages." + value.in->stages->name + "] has no stage \"" + name + '"',
        did_you_mean_key(name, value.in->stages->laws));
  return false;
}

}  // namespace

bool read_value(const Value& value, Distribution& out) {
  return read_law(value, Dimension::kTime, kTimeLaw, out);
}

bool read_sizes(const Value& value, Distribution& out) {
  return read_law(value, Dimension::kPlain,
                  "a law of sizes such as \"lognormal(median 100, sigma 1)\"",
                  out);
}

bool read_shares(const Value& value, Distribution& out) {
  if (!read_law(
          value, Dimension::kPlain,
          "a share such as \"50 %\" or a law such as \"uniform(10 %, 60 %)\"",
          out)) {
    return false;
  }
  if (cdf(out, 1) >= 1 - 1e-12) return true;
  wrong(value, "a share cannot exceed 100 %, and this law can",
        R"(cut it: ", at most 100 %")");
  return false;
}

void choose_library(const Value& value, const Reference& name) {
  const auto& libraries = value.in->libraries;
  const auto library = libraries.find(name.name);
  if (library != libraries.end()) {
    value.in->stages = library->second;
    return;
  }
  wrong(value, "no library of stages is named \"" + name.name + '"',
        did_you_mean_key(name.name, libraries));
}

bool read_law_or_stage(const Value& value, Distribution& out) {
  const std::optional<std::string> text = text_of(value);
  if (!text) return read_value(value, out);
  if (value.in->stages) {
    const auto stage = value.in->stages->laws.find(*text);
    if (stage != value.in->stages->laws.end()) {
      out = stage->second;
      return true;
    }
  }
  if (looks_like_a_law(*text)) return read_value(value, out);
  return no_such_stage(value, *text);
}

}  // namespace outagesim
