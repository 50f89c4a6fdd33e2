// Needs in one spelling, so that a patch reaches them by name.
#include <string>
#include <utility>

#include "models/scenario/strategy_patch.h"

namespace outagesim {
namespace {

toml::source_region region_copy(const Document& document,
                                const toml::node& node) {
  return toml::source_region(region_of(document, node));
}

// A table { kind = … } that stands where `said` was written.
toml::table& put_need(Document& document, toml::table& needs,
                      const toml::key& key, const toml::node& said,
                      std::string_view kind) {
  toml::source_region region = region_copy(document, said);
  toml::source_region place = region_copy(document, said);
  toml::table table;
  table.insert("kind", kind);
  table.is_inline(true);
  needs.erase(key);  // after this `said` may be gone
  toml::node& need = needs.insert(key, std::move(table)).first->second;
  document.written[need.as_table()->get("kind")] = region;
  document.written[&need] = std::move(region);
  document.order[&need] = std::move(place);
  return *need.as_table();
}

void spell_out(Document& document, toml::table& needs) {
  std::vector<std::string> bare;
  for (const auto& [key, node] : needs) {
    if (node.is_string()) bare.emplace_back(key.str());
  }
  for (const std::string& name : bare) {
    const auto found = needs.find(name);
    const toml::source_region place =
        order_of(document, found->first, found->second);
    const toml::key key = found->first;
    const std::string kind = found->second.as_string()->get();
    toml::table& need = put_need(document, needs, key, found->second, kind);
    document.order[&need] = place;
  }
}

// The name of a need that is written as a place; empty if it is none.
std::string name_of(const toml::node& place) {
  if (const toml::table* table = place.as_table()) {
    return table->get("service") ? table->get("service")->value_or("") : "";
  }
  return place.value_or("");
}

// A list that names something twice, or something else than places, is left
// as it is: its mistakes are reported when it is read.
bool is_list_of_places(const toml::array& list) {
  toml::table seen;
  for (const toml::node& place : list) {
    const std::string name = name_of(place);
    if (name.empty() || !seen.insert(name, true).second) return false;
  }
  return true;
}

void spell_out_list(Document& document, toml::table& service) {
  const auto found = service.find("needs");
  const toml::key key = found->first;
  const toml::source_region region = region_copy(document, found->second);
  const toml::array list = std::move(*found->second.as_array());
  service.erase("needs");
  toml::node& node = service.insert(key, toml::table{}).first->second;
  document.written[&node] = region;
  toml::table& needs = *node.as_table();
  for (const toml::node& place : list) {
    const toml::key name(name_of(place), region_copy(document, place));
    toml::table& need = put_need(document, needs, name, place, "hard");
    if (place.is_table()) {
      const toml::key on("on", region_copy(document, place));
      put_copy(document, need, on, document, place);
    }
  }
}

}  // namespace

void spell_out_needs(Document& document) {
  toml::table* services = document.root["service"].as_table();
  if (!services) return;
  for (auto&& [_, node] : *services) {
    toml::table* service = node.as_table();
    toml::node* needs = service ? service->get("needs") : nullptr;
    if (!needs) continue;
    if (toml::table* by_name = needs->as_table()) {
      spell_out(document, *by_name);
    } else if (needs->is_array() && is_list_of_places(*needs->as_array())) {
      spell_out_list(document, *service);
    }
  }
}

}  // namespace outagesim
