#include "viz/graph_words.h"

#include <cmath>
#include <set>

#include "viz/people_numbers.h"

namespace outagesim {

const std::string& title_of(const Service& service) {
  return service.label.empty() ? service.name : service.label;
}

std::string share_text(double share) {
  return std::isnan(share) ? "unknown"
                           : number_text(share, NumberKind::kShare, 3);
}

std::vector<std::string_view> targets_of(const Need& need) {
  std::vector<std::string_view> targets;
  std::set<std::string_view> told;
  for (const Place& place : need.targets) {
    if (told.insert(place.service.name).second) {
      targets.push_back(place.service.name);
    }
  }
  return targets;
}

std::string need_text(const Need& need) {
  const std::string kind(need_kind_name(need.kind));
  if (need.targets.size() < 2) return kind;
  if (need.kind == NeedKind::kQuorum) {
    return std::to_string(need.at_least) + " of " + need.name;
  }
  return kind + " of " + need.name;
}

}  // namespace outagesim
