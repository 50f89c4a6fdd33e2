#include "models/import/drawn_system.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "models/base/text.h"
#include "models/import/toml_text.h"

namespace outagesim {
namespace {

bool one_of(const std::string& word, std::initializer_list<const char*> words) {
  return std::ranges::any_of(words,
                             [&](const char* one) { return word == one; });
}

// The needs of a service, those of one group together, in the file's order.
std::vector<std::vector<DrawnNeed>> groups_of(const DrawnService& service) {
  std::vector<std::vector<DrawnNeed>> groups;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (const DrawnNeed& need : service.needs) {
    std::size_t group = groups.size();
    if (one_of(need.kind, {"any", "quorum"})) {
      group = known.try_emplace({need.kind, need.group}, group).first->second;
    }
    if (group == groups.size()) groups.emplace_back();
    groups[group].push_back(need);
  }
  return groups;
}

// TOML takes no leading ones.
std::string without_zeros(const std::string& digits) {
  const std::size_t from = digits.find_first_not_of('0');
  return from == std::string::npos ? "0" : digits.substr(from);
}

std::string several(const std::vector<DrawnNeed>& group) {
  std::string list;
  for (const DrawnNeed& need : group) {
    list += (list.empty() ? "" : ", ") + toml_quoted(need.target);
  }
  const DrawnNeed& first = group.front();
  std::string text =
      "{ kind = " + toml_quoted(first.kind) + ", of = [" + list + "]";
  const bool number =
      !first.at_least.empty() &&
      first.at_least.find_first_not_of("0123456789") == std::string::npos;
  if (number) text += ", at_least = " + without_zeros(first.at_least);
  text += " }";
  if (number || first.at_least.empty()) return text;
  return text + "  # at_least was " + printable(first.at_least);
}

class NeedLines {
 public:
  void add(const std::vector<DrawnNeed>& group) {
    const DrawnNeed& first = group.front();
    if (group.size() > 1) {
      const std::string name = first.group.empty() ? first.kind : first.group;
      line(name, several(group), {});
    } else if (first.kind == "cached") {
      DrawnNeed soft = first;
      soft.kind = "soft";
      single(soft, "cached: a graph does not tell how long an answer is kept");
    } else if (one_of(first.kind, {"hard", "soft", "async", "to_repair",
                                   "to_start", "to_observe"})) {
      single(first, {});
    } else {
      DrawnNeed hard = first;
      hard.kind = "hard";
      single(hard, first.kind + ", with one target");
    }
  }
  const std::string& text() const { return text_; }

 private:
  void single(const DrawnNeed& need, const std::string& was) {
    if (!seen_.emplace(need.target, need.kind).second) return;
    const bool taken = names_.contains(need.target);
    const std::string own = need.target + " " + need.kind;
    if (!taken) return line(need.target, toml_quoted(need.kind), was);
    line(own,
         "{ kind = " + toml_quoted(need.kind) +
             ", on = " + toml_quoted(need.target) + " }",
         was);
  }
  void line(const std::string& name, const std::string& value,
            const std::string& was) {
    std::string free = name;
    while (!names_.insert(free).second) {
      free = name + " " + std::to_string(++taken_[name] + 1);
    }
    text_ += toml_quoted(free) + " = " + value +
             (was.empty() ? "" : "  # was " + printable(was)) + "\n";
  }

  std::set<std::pair<std::string, std::string>> seen_;  // target and kind
  std::set<std::string> names_;
  std::map<std::string, int> taken_;
  std::string text_;
};

}  // namespace

std::string scenario_of_graph(const DrawnSystem& system) {
  std::set<std::string> needed;
  bool kinds = false;
  for (const DrawnService& service : system.services) {
    kinds = kinds || !service.kind.empty();
    for (const DrawnNeed& need : service.needs) needed.insert(need.target);
  }
  std::string text =
      "# Imported from a graph. What breaks, who responds and who is hurt is "
      "yours to add.\nformat = 1\n\n[scenario]\n"
      "start = 2025-01-01T00:00:00Z\nhorizon = \"24 h\"\n";
  for (const DrawnService& service : system.services) {
    const std::string table = "service." + toml_quoted(service.name);
    text += "\n[" + table + "]\n";
    const bool known = one_of(
        service.kind, {"supplier", "infrastructure", "service", "product"});
    std::string kind = known ? service.kind : "service";
    if (!kinds && !needed.contains(service.name)) kind = "product";
    if (kind != "service") text += "kind = " + toml_quoted(kind) + "\n";
    if (!known && !service.kind.empty()) {
      text += "# kind was " + printable(service.kind) + "\n";
    }
    if (!service.label.empty())
      text += "label = " + toml_quoted(service.label) + "\n";
    if (service.needs.empty()) continue;
    NeedLines lines;
    for (const auto& group : groups_of(service)) lines.add(group);
    text += "[" + table + ".needs]\n" + lines.text();
  }
  return text;
}

}  // namespace outagesim
