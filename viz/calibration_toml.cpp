// The calibrated laws as a system file of the scenario language.
#include <algorithm>

#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/base/version.h"
#include "viz/calibration_report.h"
#include "viz/fit_text.h"

namespace outagesim {
namespace {

// Fewer joint occasions than this make no common cause.
constexpr std::size_t kFewestJoint = kFewestToFit;

bool has_common_cause(const Calibration& all) {
  return all.joint.occasions >= kFewestJoint && all.joint.between.fitted() &&
         all.joint.resolve.fitted();
}

std::string commented(const std::string& text) {
  std::string out = "# ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "# ";
  }
  while (out.ends_with("# ")) out.resize(out.size() - 2);
  return out;
}

// A name as a TOML key.
std::string quoted(const std::string& name) {
  std::string out = "\"";
  for (const char c : printable(name)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string bare_or_quoted(const std::string& name) {
  const bool bare =
      !name.empty() &&
      name.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyz"
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
  return bare ? name : quoted(name);
}

std::string law_line(std::string_view key, const TimeFit& fit,
                     std::optional<Seconds> at_most) {
  std::string text = "# " + fit.what + ": " + counts_text(fit) + ".\n# " +
                     parameters_text(fit.laws.front()) + "; AIC " +
                     fixed_decimals(fit.laws.front().aic, 1) + " (" +
                     rivals_text(fit) + ")\n# " + goodness_text(fit) + "\n";
  return text + std::string(key) + " = \"" +
         law_text(fit.laws.front(), at_most) + "\"\n";
}

std::string rhythm(const CalibrationStory& story) {
  if (!story.options.profiled) return {};
  return "profile = \"incidents\"\nzone = \"" + story.options.zone.name +
         "\"\n";
}

template <std::size_t N>
std::string list_of(const std::array<double, N>& factors) {
  std::string text = "[";
  for (std::size_t i = 0; i < N; ++i) {
    text += (i == 0 ? "" : i % 8 == 0 ? ",\n  " : ", ");
    text += fixed_decimals(factors[i], 3);
  }
  return text + "]";
}

std::string profile_table(const CalibrationStory& story) {
  if (!story.options.profiled) return {};
  const WeekProfile& profile = story.calibration.profile;
  return "\n# When incidents begin, " + story.options.zone.name + "; of " +
         std::to_string(story.calibration.incidents) +
         " starts, half a count added to each hour and day.\n"
         "[profile.incidents]\nhours = " +
         list_of(profile.hours) + "\nweekdays = " + list_of(profile.weekdays) +
         "  # Monday first\n";
}

std::string percent(double share) { return significant(100 * share, 4) + " %"; }

// Each value of an empirical law is equally likely: at most 40 of them, the
// middle of so many equal parts of the history.
std::string severity_line(const CalibrationStory& story,
                          const std::vector<double>& ascending) {
  if (!story.severity || ascending.empty()) return {};
  constexpr std::size_t kMostValues = 40;
  const std::size_t n = std::min(ascending.size(), kMostValues);
  std::string values, shares;
  double mean = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t at = (2 * i + 1) * ascending.size() / (2 * n);
    values += (i == 0 ? "" : ", ") + percent(ascending[at]);
  }
  for (auto at = ascending.begin(); at != ascending.end();) {
    const auto end = std::upper_bound(at, ascending.end(), *at);
    const auto times = static_cast<double>(end - at);
    mean += *at * times / static_cast<double>(ascending.size());
    shares += std::to_string(end - at) + " take " + percent(*at) + ", ";
    at = end;
  }
  return "# severity by " + printable(*story.severity) + ": " + shares +
         "on average " + percent(mean) + "\nseverity = \"empirical(" + values +
         ")\"\n";
}

std::string service_table(const CalibrationStory& story, std::size_t index) {
  const ServiceHistory& service = story.calibration.services[index];
  const std::string name = bare_or_quoted(service.name);
  const TimeFit& between = service.own_between;
  const TimeFit& resolve = service.own_resolve;
  std::string text = "\n[service." + name + "]\nkind = \"product\"\n";
  if (!between.fitted() || !resolve.fitted()) {
    return text + "# Too few incidents of its own to fit laws.\n";
  }
  text += "[service." + name + ".fails]\n" +
          law_line("time_to_failure", between, {}) + "from = \"start\"\n" +
          law_line("time_to_repair", resolve, story.options.longest) +
          severity_line(story, service.own_severities) + "stationary = true\n" +
          rhythm(story);
  return text;
}

std::string common_cause_table(const CalibrationStory& story) {
  const Calibration& all = story.calibration;
  if (!has_common_cause(all)) return {};
  std::string text =
      "\n# Occasions that hit two or more, starts within " +
      to_text(story.options.together) +
      " of each other: " + std::to_string(all.joint.occasions) +
      ".\n[common_cause.together]\n" +
      law_line("time_between", all.joint.between, {}) +
      law_line("time_to_repair", all.joint.resolve, story.options.longest) +
      severity_line(story, all.joint.severities) +
      "shared_repair = true\nstationary = true\n" + rhythm(story) +
      "[common_cause.together.members]\n";
  for (std::size_t s = 0; s < all.services.size(); ++s) {
    const Estimate struck = all.joint.struck[s].estimate();
    if (struck.value == 0) continue;
    text += bare_or_quoted(all.services[s].name) + " = \"" +
            significant(100 * struck.value, 4) +
            " %\"  # 95 %: " + significant(100 * struck.low, 3) + " … " +
            significant(100 * struck.high, 3) + " %\n";
  }
  return text;
}

constexpr std::string_view stage_key(std::string_view what) {
  if (what.ends_with("to detected")) return "detect";
  if (what.ends_with("to engaged")) return "engage";
  if (what.ends_with("to identified")) return "diagnose";
  if (what.ends_with("to mitigated")) return "mitigate";
  return "restore";
}

std::string stage_table(const ServiceHistory& service,
                        std::optional<Seconds> longest) {
  std::string table;
  for (const TimeFit& stage : service.stages) {
    if (!stage.fitted()) continue;
    table += law_line(stage_key(stage.what), stage, longest);
  }
  if (table.empty()) return {};
  return "\n[stages." + bare_or_quoted(service.name) + "]\n" + table;
}

}  // namespace

std::string calibration_toml(const CalibrationStory& story) {
  std::string text =
      commented("Laws fitted to a history of incidents by outagesim " +
                std::string(version()) + ":\n  " + printable(story.command) +
                "\n" + provenance_text(story)) +
      "# Fitted by maximum likelihood, chosen by AIC; ± is one standard "
      "error.\n"
      "# Use it as a scenario's `system`.\n";
  if (!story.severity) {
    text +=
        "# How much of a service each failure takes was not asked of the\n"
        "# history (--severity): all, unless you add a `severity`.\n";
  }
  text += profile_table(story);
  for (std::size_t s = 0; s < story.calibration.services.size(); ++s) {
    text += service_table(story, s);
  }
  text += common_cause_table(story);
  for (const ServiceHistory& service : story.calibration.services) {
    text += stage_table(service, story.options.longest);
  }
  return text;
}

}  // namespace outagesim
