// When a fault strikes: `at`, `rate`, or the text of `when`, a condition:
//   db < 50 % for 30 min | remedy X done | fault X started | fault X ended
#include <string>
#include <utility>

#include "models/base/quantity_text.h"
#include "models/scenario/sections.h"

namespace outagesim {
namespace {

constexpr std::string_view kConditions =
    R"(a condition such as "db < 50 % for 30 min", "remedy X done", )"
    R"("fault X started" or "fault X ended")";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Reports what a part of the condition's text should have been.
template <class T>
bool take(const Value& value, std::string_view whole, std::string_view part,
          const Parsed<T>& read) {
  if (read) return true;
  wrong_part(value, read.error, static_cast<size_t>(part.data() - whole.data()),
             part.size());
  return false;
}

bool read_served_below(const Value& value, std::string_view text,
                       ServedBelow& out) {
  const size_t less = text.find(" < ");
  const size_t lasting = text.find(" for ", less);
  const std::string_view service = trimmed(text.substr(0, less));
  if (service.empty()) return expected(value, kConditions);
  out.service = {std::string(service), position_of(value)};
  const std::string_view share = trimmed(text.substr(
      less + 3, lasting == text.npos ? text.npos : lasting - less - 3));
  const Parsed<Probability> below = parse_probability(share);
  if (!take(value, text, share, below)) return false;
  out.below.value = below->value;
  if (lasting == text.npos) return true;
  const std::string_view time = trimmed(text.substr(lasting + 5));
  const Parsed<Seconds> duration = parse_seconds(time);
  if (!take(value, text, time, duration)) return false;
  if (duration->value < 0) {
    return expected(value, "a duration that is not negative");
  }
  out.lasting = *duration;
  return true;
}

bool read_after_event(const Value& value, std::string_view text,
                      AfterEvent& out) {
  struct Form {
    std::string_view begin, end;
    AfterEvent::What what;
  };
  constexpr Form kForms[] = {
      {"remedy ", " done", AfterEvent::What::kRemedyDone},
      {"fault ", " started", AfterEvent::What::kFaultStarted},
      {"fault ", " ended", AfterEvent::What::kFaultEnded},
  };
  for (const Form& form : kForms) {
    const size_t frame = form.begin.size() + form.end.size();
    if (text.starts_with(form.begin) && text.ends_with(form.end) &&
        text.size() > frame) {
      out.what = form.what;
      out.subject = {std::string(trimmed(
                         text.substr(form.begin.size(), text.size() - frame))),
                     position_of(value)};
      return true;
    }
  }
  return expected(value, kConditions);
}

}  // namespace

void read_condition(const Value& value, When& out) {
  const std::optional<std::string> text = text_of(value);
  if (!text) {
    expected(value, kConditions);
  } else if (text->find(" < ") != std::string::npos) {
    read_served_below(value, *text, out.condition.emplace<ServedBelow>());
  } else {
    read_after_event(value, trimmed(*text),
                     out.condition.emplace<AfterEvent>());
  }
}

}  // namespace outagesim
