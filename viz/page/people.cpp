// People over time: users failing at once, crowd reports, minutes lost so far.
#include <algorithm>

#include "models/base/text.h"
#include "viz/page/parts.h"
#include "viz/report_sections.h"

namespace outagesim::page {
namespace {

Json quantiles(const std::vector<PeopleAt>& people,
               std::vector<float> PeopleAt::* what, double p) {
  Json values = Json::array();
  for (const PeopleAt& at : people) {
    values.push_back(number(sorted_quantile(at.*what, p), 3));
  }
  return values;
}

Json series(const ReportSource& source, const std::string& title,
            std::vector<float> PeopleAt::* what, const std::string& sentence) {
  const auto& people = source.portrait.people;
  return {{"title", title},
          {"sentence", sentence},
          {"p5", quantiles(people, what, 0.05)},
          {"p25", quantiles(people, what, 0.25)},
          {"p50", quantiles(people, what, 0.5)},
          {"p75", quantiles(people, what, 0.75)},
          {"p95", quantiles(people, what, 0.95)}};
}

// The moment at which the middle of the runs is highest.
std::size_t peak_of(const std::vector<PeopleAt>& people,
                    std::vector<float> PeopleAt::* what) {
  std::size_t peak = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (sorted_quantile(people[i].*what, 0.5) >
        sorted_quantile(people[peak].*what, 0.5)) {
      peak = i;
    }
  }
  return peak;
}

std::string peak_words(const ReportSource& source,
                       std::vector<float> PeopleAt::* what,
                       const std::string& unit) {
  const auto& people = source.portrait.people;
  const std::size_t peak = peak_of(people, what);
  return format_count(sorted_quantile(people[peak].*what, 0.5)) + " " + unit +
         " " + moment_words(source.portrait.grid[peak]);
}

std::string failing_sentence(const ReportSource& source) {
  const auto& people = source.portrait.people;
  const auto& worst = people[peak_of(people, &PeopleAt::failing)].failing;
  if (sorted_quantile(worst, 0.5) > 0) {
    return "The middle of the runs, taken at each moment, is worst with " +
           peak_words(source, &PeopleAt::failing, "users failing") + ".";
  }
  const auto fails = [](const PeopleAt& at) {
    return !at.failing.empty() && at.failing.back() > 0;
  };
  if (std::ranges::none_of(people, fails)) return "No user fails.";
  return "At every single moment more than half of the runs have no user "
         "failing: outages come at other times in other runs.";
}

}  // namespace

Json people(const ReportSource& source) {
  const Portrait& portrait = source.portrait;
  if (portrait.people.empty()) return nullptr;
  Json t = Json::array();
  for (const Seconds at : portrait.grid) t.push_back(number(at.value, 6));
  const PeopleAt& last = portrait.people.back();
  const std::string lost =
      "By the end of the picture " +
      format_count(sorted_quantile(last.minutes_lost, 0.5)) +
      " user-minutes are lost in the middle case, " +
      format_count(sorted_quantile(last.minutes_lost, 0.05)) + " to " +
      format_count(sorted_quantile(last.minutes_lost, 0.95)) +
      " in nine of ten.";
  Json charts = Json::array();
  charts.push_back(series(source, "Users failing at once", &PeopleAt::failing,
                          failing_sentence(source)));
  const std::size_t reports = peak_of(portrait.people, &PeopleAt::reports);
  if (sorted_quantile(portrait.people[reports].reports, 0.5) > 0) {
    charts.push_back(
        series(source, "Crowd reports in 15 minutes", &PeopleAt::reports,
               "The middle of the runs, taken at each moment, peaks at " +
                   peak_words(source, &PeopleAt::reports, "reports") +
                   "; how many people report is a rule of thumb."));
  }
  charts.push_back(series(source, "User-minutes lost so far",
                          &PeopleAt::minutes_lost, lost));
  return {{"runs", report::with_commas(portrait.replications)},
          {"t", std::move(t)},
          {"charts", std::move(charts)}};
}

}  // namespace outagesim::page
