#include "models/import/joined_services.h"

#include <algorithm>
#include <set>

#include "models/import/csv.h"

namespace outagesim {
namespace {

using Names = std::set<std::string, std::less<>>;

bool all_parts_stand_alone(std::string_view name, char by, const Names& alone) {
  while (true) {
    const auto end = name.find(by);
    const std::string_view part = without_blanks(name.substr(0, end));
    if (!part.empty() && !alone.contains(part)) return false;
    if (end == std::string_view::npos) return true;
    name.remove_prefix(end + 1);
  }
}

}  // namespace

std::optional<JoinedServices> joined_services(
    const std::vector<std::string>& names, std::string_view split) {
  const Names alone(names.begin(), names.end());
  std::optional<JoinedServices> best;
  std::size_t most = 0;
  for (const char by : std::string_view(" ,/+&")) {
    if (split.find(by) != std::string_view::npos) continue;
    std::size_t joined = 0;
    std::string_view example;
    for (const std::string& name : alone) {
      if (name.find(by) == std::string::npos) continue;
      if (!all_parts_stand_alone(name, by, alone)) continue;
      if (joined++ == 0) example = name;
    }
    if (joined <= most) continue;
    most = joined;
    best = {std::string(1, by), std::string(example)};
  }
  return best;
}

}  // namespace outagesim
