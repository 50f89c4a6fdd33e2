#include "viz/static_report.h"

#include <nlohmann/json.hpp>

#include "models/base/text.h"
#include "viz/people_numbers.h"
#include "viz/table.h"

namespace outagesim {
namespace {

using Json = nlohmann::ordered_json;

// Each service with its estimate, products first.
template <class Visit>
void each_service(const StaticStory& story, Visit visit) {
  const Graph& graph = story.model.graph;
  for (const bool products : {true, false}) {
    for (ServiceId id = 0; id < graph.services.size(); ++id) {
      if ((story.model.product_of[id] != kNone) != products) continue;
      const CompiledService& service = graph.services[id];
      visit(service, story.answer.up[service.whole].estimate());
    }
  }
}

std::string share(double value) { return significant(100 * value, 7) + " %"; }

}  // namespace

std::string static_report(const StaticStory& story) {
  const auto trials = static_cast<double>(story.answer.trials);
  std::string text =
      format_count(trials) + " trials, seed " + std::to_string(story.seed) +
      ", in " + format_duration(story.wall_time) + ": " +
      format_count(trials / std::max(story.wall_time.value, 1e-9)) +
      " a second\n\n";
  Table table{{{""}, {"up"}, {"95 % from"}, {"to"}}, {}};
  each_service(story, [&](const CompiledService& service, const Estimate& e) {
    const std::string& name =
        service.label.empty() ? service.name : service.label;
    table.add({name, share(e.value), share(e.low), share(e.high)});
  });
  return text + to_text(table);
}

std::string static_json(const StaticStory& story) {
  Json json;
  json["trials"] = story.answer.trials;
  json["seed"] = story.seed;
  json["wall_time_s"] = story.wall_time.value;
  json["up"] = Json::array();
  each_service(story, [&](const CompiledService& service, const Estimate& e) {
    json["up"].push_back({{"name", service.name},
                          {"probability", e.value},
                          {"ci_low", e.low},
                          {"ci_high", e.high}});
  });
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace outagesim
