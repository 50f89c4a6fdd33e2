#include "models/parts/distribution_text.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/parts/law_parameters.h"
#include "models/parts/law_table.h"

namespace outagesim {
namespace {

constexpr double kLeastBelowBound = 1e-9;  // probability
constexpr std::string_view kBound = "at most ";

std::string law_names() {
  std::string names;
  for (const LawInfo& law : laws()) {
    if (!names.empty()) names += &law == &laws().back() ? " or " : ", ";
    names += law.name;
  }
  return names;
}

Parsed<Distribution> unknown_law(Piece name, Dimension of) {
  const bool is_time = of == Dimension::kTime;
  const LawInfo& usual = *find_law("lognormal");
  std::string reason =
      "expected " + std::string(is_time ? "a duration" : "a number") +
      " such as \"" + (is_time ? "5 min" : "1.5") +
      "\" or a distribution such as \"" +
      std::string(is_time ? usual.example : usual.plain_example) +
      "\", found \"" + truncate(name.text, 40) + '"';
  std::vector<std::string_view> names;
  for (const LawInfo& law : laws()) names.push_back(law.name);
  if (const auto meant = closest_match(name.text, names)) {
    reason += " (did you mean \"" + *meant + "\"?)";
  } else {
    reason += "; the distributions are " + law_names();
  }
  return wrong<Distribution>(name, reason);
}

// The pieces between commas.
std::vector<Piece> split(Piece list) {
  std::vector<Piece> pieces;
  if (trimmed(list).text.empty()) return pieces;
  for (size_t comma = list.text.find(','); comma != std::string_view::npos;
       comma = list.text.find(',')) {
    pieces.push_back(trimmed({list.text.substr(0, comma), list.at}));
    list = tail(list, comma + 1);
  }
  pieces.push_back(trimmed(list));
  return pieces;
}

Parsed<Distribution> with_bound(const Distribution& whole, Piece argument,
                                Dimension of) {
  const Parsed<double> bound =
      parse_quantity(trimmed(tail(argument, kBound.size())), of, false);
  if (!bound) {
    return not_parsed<Distribution>(bound.error, bound.offset, bound.length);
  }
  if (cdf(whole, *bound) < kLeastBelowBound) {
    return wrong<Distribution>(
        argument, "this distribution is practically never below its bound");
  }
  return parsed(Distribution(whole.law(), *bound));
}

Parsed<Distribution> parse_arguments(const LawInfo& law, Piece whole,
                                     Piece list, Dimension of) {
  std::vector<Piece> arguments = split(list);
  const bool has_bound =
      !arguments.empty() && arguments.back().text.starts_with(kBound);
  const Piece bound = has_bound ? arguments.back() : Piece{};
  if (has_bound) arguments.pop_back();
  const Parsed<Law> made = parse_law(law, whole, arguments, of);
  if (!made) {
    return not_parsed<Distribution>(made.error, made.offset, made.length);
  }
  const Distribution d(*made);
  return has_bound ? with_bound(d, bound, of) : parsed(d);
}

// `rest` follows the law's name.
Parsed<Distribution> parse_after_name(const LawInfo& law, Piece whole,
                                      Piece rest, Dimension of) {
  if (law.name == "fixed" && !rest.text.empty() && rest.text[0] != '(') {
    return parse_arguments(law, whole, rest, of);
  }
  if (!rest.text.starts_with('(')) {
    return wrong<Distribution>(
        whole, with_usage("the parentheses are missing", law, of));
  }
  const size_t close = rest.text.find(')');
  if (close == std::string_view::npos) {
    return wrong<Distribution>(
        whole, with_usage("the closing parenthesis is missing", law, of));
  }
  const Piece after = trimmed(tail(rest, close + 1));
  if (!after.text.empty()) {
    return wrong<Distribution>(
        after, with_usage("something follows the parenthesis", law, of));
  }
  return parse_arguments(law, whole,
                         {rest.text.substr(1, close - 1), rest.at + 1}, of);
}

bool begins_quantity(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
}

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

std::string quantity_text(double value, Dimension of) {
  return of == Dimension::kTime ? to_text(Seconds{value}) : round_trip(value);
}

// The parameters as they stand between the parentheses.
struct WriteParameters {
  Dimension of;

  std::string quantity(double value) const { return quantity_text(value, of); }
  std::string operator()(const Fixed& f) const { return quantity(f.value); }
  std::string operator()(const Exponential& e) const {
    return "mean " + quantity(e.mean);
  }
  std::string operator()(const Weibull& w) const {
    return "shape " + round_trip(w.shape) + ", scale " + quantity(w.scale);
  }
  std::string operator()(const Lognormal& l) const {
    return "median " + quantity(l.median) + ", sigma " + round_trip(l.sigma);
  }
  std::string operator()(const Gamma& g) const {
    return "shape " + round_trip(g.shape) + ", scale " + quantity(g.scale);
  }
  std::string operator()(const LogLogistic& l) const {
    return "median " + quantity(l.median) + ", shape " + round_trip(l.shape);
  }
  std::string operator()(const Uniform& u) const {
    return quantity(u.low) + ", " + quantity(u.high);
  }
  std::string operator()(const Empirical& e) const {
    std::string text;
    for (const double value : e.values) {
      text += (text.empty() ? "" : ", ") + quantity(value);
    }
    return text;
  }
};

}  // namespace

Parsed<Distribution> parse_distribution(std::string_view text, Dimension of) {
  const Piece whole = trimmed({text, 0});
  const bool is_quantity =
      !whole.text.empty() && begins_quantity(whole.text.front());
  if (is_quantity) {
    return parse_arguments(*find_law("fixed"), whole, whole, of);
  }
  const auto* end = std::ranges::find_if_not(whole.text, is_name_letter);
  const auto length = static_cast<size_t>(end - whole.text.begin());
  const LawInfo* law = find_law(whole.text.substr(0, length));
  if (law == nullptr) {
    const bool is_name = length > 0;
    return unknown_law(
        is_name ? Piece{whole.text.substr(0, length), whole.at} : whole, of);
  }
  return parse_after_name(*law, whole, trimmed(tail(whole, length)), of);
}

std::string to_text(const Distribution& d, Dimension of) {
  std::string text = std::visit(WriteParameters{of}, d.law());
  if (std::holds_alternative<Fixed>(d.law())) return text;
  if (d.is_cut()) {
    text += ", " + std::string(kBound) + quantity_text(d.at_most(), of);
  }
  return std::string(laws()[d.law().index()].name) + '(' + text + ')';
}

}  // namespace outagesim
