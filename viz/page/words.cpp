// The sentence a manager understands, and the four answers below it: what
// fails, who is hurt, for how long, what to do.
#include <algorithm>
#include <cmath>
#include <set>

#include "models/base/text.h"
#include "viz/few_runs.h"
#include "viz/page/parts.h"
#include "viz/report_sections.h"

namespace outagesim::page {
namespace {

constexpr std::size_t kMostNamed = 5;

std::string named(std::vector<std::string> words) {
  if (words.size() > kMostNamed) {
    const std::size_t more = words.size() - kMostNamed + 1;
    words.resize(kMostNamed - 1);
    words.push_back(std::to_string(more) + " more");
  }
  return report::and_list(words);
}

// "supplier's region (c)"
std::string place_text(const ReportSource& source, const Place& place) {
  std::string text = place.service.name;
  for (const Service& service : source.scenario.services) {
    if (service.name == text && !service.label.empty()) {
      text = service.label;
      break;
    }
  }
  text = isolated(text);
  std::vector<std::string> cells;
  for (const Reference& cell : place.cells.named) {
    cells.push_back(isolated(cell.name));
  }
  return cells.empty() ? text : text + " (" + named(cells) + ")";
}

std::string places_text(const ReportSource& source, const Fault& fault) {
  std::vector<std::string> places;
  for (const Place& place : fault.where) {
    places.push_back(place_text(source, place));
  }
  return named(places);
}

// A key as a person would say it: "automatic failover".
std::string spoken(std::string key) {
  std::ranges::replace(key, '-', ' ');
  std::ranges::replace(key, '_', ' ');
  return "“" + isolated(key) + "”";
}

std::string effect_text(const Fault& fault) {
  const FaultEffect& effect = fault.effect;
  switch (effect.what) {
    case FaultEffect::What::kDown:
      return "down";
    case FaultEffect::What::kHealth:
      if (effect.amount == 0) return "no capacity left";
      return exact_text(effect.amount, NumberKind::kShare) +
             " of its capacity left";
    case FaultEffect::What::kErrors:
      return "errors in " + exact_text(effect.amount, NumberKind::kShare) +
             " of its answers";
    case FaultEffect::What::kLoad:
      return significant(effect.amount, 3) + " times its usual load";
    case FaultEffect::What::kAdds:
      return "more requests than usual";
    case FaultEffect::What::kLatency:
      break;
  }
  return "answers " + exact_text(effect.latency.value, NumberKind::kDuration) +
         " later";
}

// A fault that only starts a response: as much load as ever.
bool does_nothing(const FaultEffect& effect) {
  return effect.what == FaultEffect::What::kLoad && effect.amount == 1;
}

// "supplier's region (c): down"
std::string causes_text(const ReportSource& source) {
  std::vector<std::string> causes;
  for (const Fault& fault : source.scenario.faults) {
    if (does_nothing(fault.effect)) continue;
    causes.push_back(places_text(source, fault) + ": " + effect_text(fault));
  }
  return causes.empty() ? "nothing by itself" : named(causes);
}

std::string first_cause(const ReportSource& source) {
  const auto& faults = source.scenario.faults;
  if (faults.empty()) return "Background failures";
  const bool change = faults.front().rollout.has_value();
  std::string text = std::string(change ? "The change" : "The fault") + " " +
                     spoken(faults.front().name) + " at " +
                     places_text(source, faults.front());
  return faults.size() > 1 ? text + ", with what follows," : text;
}

struct Length {
  Estimate middle, nine_in_ten;
};
Length length_of(const Summary& summary, std::uint32_t product) {
  const Subject subject{Scope::kProduct, product};
  return {get(summary, "ttr", subject, "p50"),
          get(summary, "ttr", subject, "p90")};
}

Estimate chance_of(const Summary& summary, std::uint32_t product) {
  return get(summary, "outage_probability", {Scope::kProduct, product},
             "probability");
}

// What the recommended strategy makes of the middle case; "" if there is none.
std::string remedy_clause(const ReportSource& source, std::uint32_t product) {
  if (!source.recommended) return {};
  const Recommended& best = *source.recommended;
  const std::string& name =
      source.comparison->comparison.candidates()[best.candidate].name;
  const Model& model = best.lengths->model();
  const std::string key =
      subject_name(source.summary.model(), {Scope::kProduct, product});
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    if (subject_name(model, {Scope::kProduct, p}) != key) continue;
    const double chance = best.lengths->probability(p).value;
    if (chance == 0) return "; " + spoken(name) + " would prevent that";
    std::string text = "; " + spoken(name) + " would cut the middle case to " +
                       time_text(source.summary, best.lengths->middle(p));
    if (chance < 0.9995) {
      text += " in the " + number_text(chance, NumberKind::kShare, 2) +
              " of cases in which there is still an outage";
    }
    return text;
  }
  return {};
}

std::string incident_sentence(const ReportSource& source) {
  const Summary& summary = source.summary;
  const std::uint32_t product = worst_product(summary);
  const double chance = chance_of(summary, product).value;
  if (chance == 0) return first_cause(source) + " takes no product down.";
  const Length length = length_of(summary, product);
  std::string text = first_cause(source) + " takes " +
                     product_label(summary, product) + " down for " +
                     time_text(summary, length.middle) + " in the middle case";
  if (chance < 0.9995) {
    text += " (an outage comes in " +
            number_text(chance, NumberKind::kShare, 2) + " of runs)";
  }
  text += length.nine_in_ten.defined()
              ? "; 9 in 10 outages end within " +
                    time_text(summary, length.nine_in_ten)
              : "; more than 1 in 10 last " +
                    time_text(summary, length.nine_in_ten);
  return text + remedy_clause(source, product) + ".";
}

std::string year_sentence(const ReportSource& source) {
  const Summary& summary = source.summary;
  const std::uint32_t product = worst_product(summary);
  const Subject subject{Scope::kProduct, product};
  const Length length = length_of(summary, product);
  return product_label(summary, product) + " has " +
         number_text(get(summary, "outages_per_year", subject, "mean"),
                     NumberKind::kCount) +
         " outages a year and is up " +
         number_text(get(summary, "availability_time", subject, "mean"),
                     NumberKind::kShare) +
         " of the time; half of its outages end within " +
         time_text(summary, length.middle) + ", 9 in 10 within " +
         time_text(summary, length.nine_in_ten) + ".";
}

Json card(const std::string& label, const std::string& value,
          const std::string& note) {
  return {{"label", label}, {"value", value}, {"note", note}};
}

Json what_fails(const ReportSource& source) {
  const auto& faults = source.scenario.faults;
  std::set<std::uint32_t> fallen;
  for (const FaultBlast& blast : source.faults) {
    fallen.insert(blast.switch_over_off.services.begin(),
                  blast.switch_over_off.services.end());
  }
  std::string note;
  if (!faults.empty()) {
    std::vector<std::string> names;
    for (const Fault& fault : faults) names.push_back(spoken(fault.name));
    note = (names.size() > 1 ? "Faults: " : "Fault ") + named(names) +
           ". If what is struck stays down and nothing switches over, " +
           std::to_string(fallen.size()) + " of " +
           std::to_string(source.scenario.services.size()) +
           " services fall below half.";
  } else {
    note = "Parts fail and are repaired all year round.";
  }
  return card("What fails",
              faults.empty() ? "Background failures" : causes_text(source),
              note);
}

Json who_is_hurt(const ReportSource& source) {
  const Summary& summary = source.summary;
  std::vector<std::string> hurt, spared;
  for (std::uint32_t p = 0; p < summary.model().products.size(); ++p) {
    const bool falls = chance_of(summary, p).value > 0;
    (falls ? hurt : spared).push_back(product_label(summary, p));
  }
  std::string note = "Products: " + (hurt.empty() ? "none" : named(hurt)) + ".";
  if (!spared.empty()) {
    note += " Never out: " + named(spared) + ".";
  }
  if (summary.model().populations.empty()) {
    return card("Who is hurt", hurt.empty() ? "nobody" : named(hurt),
                "The scenario names no users.");
  }
  const Estimate users = get(summary, "users_affected", {}, "p50");
  const Estimate worst = get(summary, "users_affected", {}, "p90");
  const Estimate lost = get(summary, "user_minutes_lost", {}, "p50");
  note += " In 1 of 10 cases: more than " +
          number_text(worst, NumberKind::kCount) +
          " people. In the middle case " +
          number_text(lost, NumberKind::kCount) + " user-minutes are lost.";
  return card(
      "Who is hurt",
      number_text(users, NumberKind::kCount) + " people in the middle case",
      note);
}

Json for_how_long(const ReportSource& source) {
  const Summary& summary = source.summary;
  const std::uint32_t worst = worst_product(summary);
  if (chance_of(summary, worst).value == 0) {
    return card("For how long", "no outage", "No product falls.");
  }
  std::vector<std::string> others;
  for (std::uint32_t p = 0; p < summary.model().products.size(); ++p) {
    if (p == worst || chance_of(summary, p).value == 0) continue;
    others.push_back(product_label(summary, p) + " " +
                     time_text(summary, length_of(summary, p).middle));
  }
  const Length length = length_of(summary, worst);
  std::string note = "9 in 10 outages end within " +
                     time_text(summary, length.nine_in_ten) + ".";
  if (!length.nine_in_ten.defined()) {
    note = "More than 1 in 10 last " + time_text(summary, length.nine_in_ten) +
           ".";
  }
  if (!others.empty()) note += " Middle case of others: " + named(others) + ".";
  return card("For how long",
              product_label(summary, worst) + ": " +
                  time_text(summary, length.middle) + " in the middle case",
              note);
}

// Without strategies: where it is weak.
Json weak_points(const ReportSource& source) {
  const Model& model = source.summary.model();
  const std::uint32_t worst = worst_product(source.summary);
  std::vector<std::string> points;
  for (const SinglePoints& one : source.structural.single_points) {
    if (one.product != worst) continue;
    for (const ServiceId id : one.services) {
      points.push_back(service_label(model, id));
    }
  }
  std::string note =
      "The scenario proposes no strategies; add [strategy.NAME], or ask "
      "outagesim compare --what-if.";
  return card(
      "What to do",
      points.empty() ? "nothing compared" : "look first at " + named(points),
      points.empty()
          ? note
          : "Each alone takes " + product_label(source.summary, worst) +
                " down (single points of failure). " + note);
}

Json what_to_do(const ReportSource& source) {
  if (source.comparison == nullptr) return weak_points(source);
  if (!source.recommended) {
    return card("What to do", "nothing that was compared helps",
                "No strategy lowers the harm beyond chance.");
  }
  const Comparison& comparison = source.comparison->comparison;
  const std::size_t best = source.recommended->candidate;
  const StrategyEffect effect =
      comparison.differences(comparison.ranking_metric())[best];
  const Candidate& candidate = comparison.candidates()[best];
  const double price =
      price_per_year(candidate, source.comparison->basis).value;
  std::string note = source.recommended->why;
  if (!note.empty()) note += note.back() == '.' ? " " : ". ";
  note += "It averts " + number_text(-effect.relative, NumberKind::kShare, 2) +
          " of the harm";
  if (price > 0) note += " for " + format_count(price) + " USD a year";
  note += std::isnan(price)
              ? "; nothing with a known price helps, and its own is not given."
              : "; of what has a price and averts at least half as much as the "
                "best of it, this costs least for what it averts.";
  return card("What to do", spoken(candidate.name), note);
}

}  // namespace

Json headline(const ReportSource& source) {
  std::string text = is_long_run(source.summary) ? year_sentence(source)
                                                 : incident_sentence(source);
  const std::string few = few_runs_note(source.summary.replications(), "run");
  if (!few.empty()) text += " " + few;
  return text;
}

Json cards(const ReportSource& source) {
  return Json::array({what_fails(source), who_is_hurt(source),
                      for_how_long(source), what_to_do(source)});
}

}  // namespace outagesim::page
