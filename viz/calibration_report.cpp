#include "viz/calibration_report.h"

#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "viz/csv.h"
#include "viz/fit_text.h"
#include "viz/log_text.h"
#include "viz/people_numbers.h"
#include "viz/report_sections.h"

namespace outagesim {
namespace {

using report::kWidth;

std::string date_of(UtcTime time) { return to_text(time).substr(0, 10); }

std::string count(std::uint64_t n, std::string_view what) {
  return std::to_string(n) + " " + std::string(what);
}

std::string fit_lines(const TimeFit& fit, const TextStyle& style) {
  std::string text = "  " + fit.what + ": " + counts_text(fit);
  if (!fit.times.ended.empty()) {
    text += "; mean " + number_text(fit.mean, NumberKind::kDuration, 4) +
            ", median " + number_text(fit.median, NumberKind::kDuration, 4);
  }
  text += '\n';
  if (!fit.fitted()) return text + "    too few to fit a law\n";
  const FittedLaw& best = fit.laws.front();
  text += "    " + std::string(family_name(best.family)) + ": " +
          parameters_text(best) + '\n';
  text += wrapped("    AIC " + fixed_decimals(best.aic, 1) +
                      ", the others worse by: " + rivals_text(fit),
                  style.columns(kWidth), 6);
  return text + "    " + goodness_text(fit) + '\n';
}

// Availability from the record itself, not from the laws.
std::string lost_line(const TimeLost& lost) {
  const auto available = [&](double away) {
    return significant(100 * (1 - away / lost.watched), 4) + " %";
  };
  return "  available, by severity: " + available(lost.by_severity) +
         "; if each took all: " + available(lost.whole) + '\n';
}

std::string service_section(const CalibrationStory& story,
                            const ServiceHistory& service,
                            const TextStyle& style) {
  std::string text =
      style.bold(service.name) + ": " + count(service.incidents, "incidents");
  if (service.per_year.defined()) {
    text += ", " + with_error(service.per_year, NumberKind::kCount) + " a year";
  }
  text += '\n' + fit_lines(service.resolve, style) +
          fit_lines(service.between, style);
  for (const TimeFit& stage : service.stages) text += fit_lines(stage, style);
  if (story.severity && service.lost.watched > 0) {
    text += lost_line(service.lost);
  }
  return text;
}

std::string share(const Proportion& proportion) {
  return with_error(proportion.estimate(), NumberKind::kShare);
}

std::string together_section(const CalibrationStory& story,
                             const TextStyle& style) {
  const Calibration& all = story.calibration;
  if (all.days.empty()) return {};
  Table days{{{""},
              {"days in common", Table::Align::kRight},
              {"by chance", Table::Align::kRight},
              {"first, given second", Table::Align::kRight},
              {"second, given first", Table::Align::kRight}},
             {}};
  for (const DaysTogether& pair : all.days) {
    days.add({all.services[pair.a].name + ", " + all.services[pair.b].name,
              std::to_string(pair.a_given_b.successes),
              significant(pair.by_chance, 2), share(pair.a_given_b),
              share(pair.b_given_a)});
  }
  Table joint{{{""},
               {"of its occasions", Table::Align::kRight},
               {"of the joint ones", Table::Align::kRight}},
              {}};
  for (std::size_t s = 0; s < all.services.size(); ++s) {
    joint.add({all.services[s].name, share(all.joint.share[s]),
               share(all.joint.struck[s])});
  }
  return style.bold("Incidents on the same day") + '\n' + to_text(days, style) +
         style.bold("Struck together") + " (starts within " +
         to_text(story.options.together) + ": " +
         count(all.joint.occasions, "occasions") + ")\n" +
         to_text(joint, style);
}

std::string bars(std::span<const double> factors,
                 std::span<const std::string_view> names) {
  std::string text;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    text += (i % 8 == 0 ? (i == 0 ? "  " : "\n  ") : "  ");
    text += std::string(names[i]) + " " + fixed_decimals(factors[i], 2);
  }
  return text + '\n';
}

// The four hours in a row with most starts; midnight is no border.
std::string busiest_text(const Calibration& all) {
  constexpr std::size_t kHours = 4;
  std::size_t first = 0;
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < 24; ++i) {
    std::uint64_t starts = 0;
    for (std::size_t j = 0; j < kHours; ++j) starts += all.hours[(i + j) % 24];
    if (starts > most) {
      most = starts;
      first = i;
    }
  }
  const double times = static_cast<double>(most) * 24 /
                       static_cast<double>(kHours * all.incidents);
  const Proportion weekend{all.incidents, all.weekdays[5] + all.weekdays[6]};
  return "  The busiest four hours, " + std::to_string(first) + " to " +
         std::to_string((first + kHours) % 24) +
         " h: " + significant(times, 3) +
         " times the mean; weekends: " + share(weekend) + " of the starts\n";
}

std::string profile_section(const CalibrationStory& story,
                            const TextStyle& style) {
  static constexpr std::array<std::string_view, 24> kHours{
      "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11",
      "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23"};
  static constexpr std::array<std::string_view, 7> kDays{"Mo", "Tu", "We", "Th",
                                                         "Fr", "Sa", "Su"};
  const WeekProfile& profile = story.calibration.profile;
  return style.bold("When they begin") + " (" + story.options.zone.name +
         ", mean 1; of " + count(story.calibration.incidents, "starts") +
         ")\n" + bars(profile.hours, kHours) + bars(profile.weekdays, kDays) +
         busiest_text(story.calibration);
}

}  // namespace

std::string provenance_text(const CalibrationStory& story) {
  const IncidentLog& log = story.log;
  const Calibration& all = story.calibration;
  std::string text = kept_text(story.file, log) + ", watched " +
                     date_of(all.from) + " to " + date_of(all.until) +
                     left_out_text(log);
  text += "; " + count(all.open, "open") + ", " +
          count(all.overlapping, "overlapping");
  if (story.options.longest) {
    text += "; times above " + to_text(*story.options.longest) +
            " are left out of fits of lengths";
  }
  if (story.severity) text += "; severity by " + *story.severity;
  text += story.options.open_gap
              ? "; the time since each last start counts as a gap seen only to "
                "be longer"
              : "; the time since each last start is left out, as if nobody "
                "knew how long the watch went on (--until, --open-gap)";
  return wrapped(text + ".", kWidth);
}

std::string calibration_report(const CalibrationStory& story,
                               const TextStyle& style) {
  std::string text = provenance_text(story);
  for (const ServiceHistory& service : story.calibration.services) {
    text += '\n' + service_section(story, service, style);
  }
  const std::string together = together_section(story, style);
  if (!together.empty()) text += '\n' + together;
  text += '\n' + profile_section(story, style);
  return text +
         "\n± of a law's parameters is one standard error, of a share or a "
         "rate half the 95 %\ninterval; p is the share of samples drawn from "
         "the law that fit it worse.\n";
}

namespace {

void add_fit(std::string_view whose, const TimeFit& fit, CsvWriter& csv) {
  for (std::size_t i = 0; i < fit.laws.size(); ++i) {
    const FittedLaw& law = fit.laws[i];
    csv.field(whose).field(fit.what).field(i == 0);
    csv.field(family_name(law.family));
    csv.field(law.parameters[0]).field(law.errors[0]);
    const bool one = law.family == LawFamily::kExponential;
    csv.field(one ? kUndefined : law.parameters[1]);
    csv.field(one ? kUndefined : law.errors[1]);
    csv.field(law.log_likelihood).field(law.aic).field(law.converged);
    const bool tested = i == 0 && fit.goodness.has_value();
    csv.field(tested ? fit.goodness->distance.kolmogorov_smirnov : kUndefined);
    csv.field(tested ? fit.goodness->kolmogorov_smirnov.value : kUndefined);
    csv.field(tested ? fit.goodness->distance.anderson_darling : kUndefined);
    csv.field(tested ? fit.goodness->anderson_darling.value : kUndefined);
    csv.field(std::uint64_t{fit.times.ended.size()})
        .field(std::uint64_t{fit.times.censored.size()})
        .field(fit.zero)
        .field(fit.too_long);
    csv.field(fit.mean).field(fit.median);
    csv.end_row();
  }
}

}  // namespace

std::string fits_csv(const CalibrationStory& story) {
  std::string text;
  CsvWriter csv(text);
  for (const std::string_view name :
       {"service",        "what",        "chosen",    "law",
        "first",          "first_error", "second",    "second_error",
        "log_likelihood", "aic",         "converged", "ks",
        "ks_p",           "ad",          "ad_p",      "n",
        "censored",       "no_length",   "too_long",  "mean_s",
        "median_s"}) {
    csv.field(name);
  }
  csv.end_row();
  for (const ServiceHistory& service : story.calibration.services) {
    add_fit(service.name, service.resolve, csv);
    add_fit(service.name, service.between, csv);
    add_fit(service.name, service.own_resolve, csv);
    add_fit(service.name, service.own_between, csv);
    for (const TimeFit& stage : service.stages)
      add_fit(service.name, stage, csv);
  }
  add_fit("", story.calibration.joint.resolve, csv);
  add_fit("", story.calibration.joint.between, csv);
  return text;
}

std::string days_together_csv(const CalibrationStory& story) {
  std::string text;
  CsvWriter csv(text);
  for (const std::string_view name :
       {"a", "b", "days_a", "days_b", "days_both", "by_chance", "a_given_b",
        "a_given_b_low", "a_given_b_high", "b_given_a", "b_given_a_low",
        "b_given_a_high"}) {
    csv.field(name);
  }
  csv.end_row();
  const auto& services = story.calibration.services;
  for (const DaysTogether& pair : story.calibration.days) {
    csv.field(services[pair.a].name).field(services[pair.b].name);
    csv.field(pair.b_given_a.n).field(pair.a_given_b.n);
    csv.field(pair.a_given_b.successes).field(pair.by_chance);
    for (const Proportion& p : {pair.a_given_b, pair.b_given_a}) {
      const Estimate e = p.estimate();
      csv.field(e.value).field(e.low).field(e.high);
    }
    csv.end_row();
  }
  return text;
}

}  // namespace outagesim
