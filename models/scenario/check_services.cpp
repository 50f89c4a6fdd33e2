#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "models/base/suggest.h"
#include "models/scenario/checks.h"

namespace outagesim {
namespace {

size_t shared_with(const Names& names, size_t i) {
  const auto& shared = names.scenario.services[i].cells_of;
  const size_t* found = shared ? names.services.find(shared->name) : nullptr;
  return found ? *found : SIZE_MAX;
}

void check_sharing(const Names& names) {
  const auto& services = names.scenario.services;
  for (const Service& service : services) {
    if (service.cells_of) {
      names.services.check(*service.cells_of, names.mistakes);
    }
  }
  for (const size_t i : starts_of_circles(services.size(), [&](size_t one) {
         return shared_with(names, one);
       })) {
    mistake_at(services[i].cells_of->at,
               "the cells of \"" + services[i].name +
                   "\" are shared in a circle, so nobody owns them",
               "one of them must say its own: cells = { number = 3 }",
               names.mistakes);
  }
}

bool is_random(const CellChoice& cells) {
  return cells.how == CellChoice::How::kNumber ||
         cells.how == CellChoice::How::kShare;
}

void check_target(const Names& names, const Service& service,
                  const Place& target) {
  if (target.service.name == service.name) {
    mistake_at(target.service.at, '"' + service.name + "\" needs itself", "",
               names.mistakes);
    return;
  }
  check_place(names, target);
  if (is_random(target.cells)) {
    mistake_at(target.service.at, "a need names its cells",
               "cells at random are for faults", names.mistakes);
  }
}

// The cells that a target names, as one word. Those by size are not told apart.
std::string word_of(const Place& target) {
  std::string word = target.service.name;
  for (const Reference& cell : target.cells.named) word += '.' + cell.name;
  return word;
}

// A target named twice would be two that never fail together.
void check_targets_differ(const Names& names, const Need& need) {
  if (need.targets.size() < 2) return;
  std::set<std::string> seen;
  for (const Place& target : need.targets) {
    if (seen.insert(word_of(target)).second) continue;
    mistake_at(target.service.at,
               "the need \"" + need.name + "\" names \"" + word_of(target) +
                   "\" twice",
               "each target counts once: name others, or leave it out",
               names.mistakes);
    return;
  }
}

void check_needs(const Names& names, const Service& service) {
  std::vector<std::string_view> seen;
  seen.reserve(service.needs.size());
  for (const Need& need : service.needs) {
    for (const Place& target : need.targets) {
      check_target(names, service, target);
    }
    check_targets_differ(names, need);
    seen.push_back(need.name);
  }
  std::ranges::sort(seen);
  const auto twice = std::ranges::adjacent_find(seen);
  if (twice == seen.end()) return;
  const auto last = std::ranges::find(
      service.needs.rbegin(), service.needs.rend(), *twice, &Need::name);
  mistake_at(last->at,
             '"' + service.name + "\" needs \"" + last->name + "\" twice", "",
             names.mistakes);
}

std::string cells_in_words(const std::string& service, size_t count) {
  return '"' + service + "\" has " +
         (count == 1 ? "one cell" : std::to_string(count) + " cells");
}

bool has_cell(const std::vector<Cell>& cells, const std::string& name) {
  return std::ranges::find(cells, name, &Cell::name) != cells.end();
}

std::string closest_cell(const std::vector<Cell>& cells,
                         const std::string& name) {
  std::vector<std::string_view> names;
  const size_t most = std::min<size_t>(cells.size(), 10'000);
  names.reserve(most);
  for (size_t i = 0; i < most; ++i) names.push_back(cells[i].name);
  return did_you_mean(name, names);
}

bool fits(const CellChoice& choice, const Cell& cell) {
  return choice.how == CellChoice::How::kLargerThan ? cell.size > choice.size
                                                    : cell.size < choice.size;
}

}  // namespace

const std::vector<Cell>* cells_of(const Names& names, const Service& service) {
  const Service* owner = &service;
  for (size_t steps = 0; owner->cells_of; ++steps) {
    const size_t* next = names.services.find(owner->cells_of->name);
    if (!next || steps > names.scenario.services.size()) return nullptr;
    owner = &names.scenario.services[*next];
  }
  return &owner->cells;
}

void check_cells(const Names& names, const CellChoice& choice,
                 const std::vector<const Service*>& services,
                 const SourcePosition& at) {
  std::vector<Cell> cells;
  for (const Service* service : services) {
    const std::vector<Cell>* own = cells_of(names, *service);
    if (!own) return;
    cells.insert(cells.end(), own->begin(), own->end());
  }
  if (services.empty()) return;
  const std::string& name = services.front()->name;
  for (const Reference& cell : choice.named) {
    if (has_cell(cells, cell.name)) continue;
    mistake_at(cell.at, '"' + name + "\" has no cell \"" + cell.name + '"',
               closest_cell(cells, cell.name), names.mistakes);
  }
  if (choice.how == CellChoice::How::kNumber && choice.number > cells.size()) {
    mistake_at(at,
               cells_in_words(name, cells.size()) + ", not " +
                   std::to_string(choice.number),
               "", names.mistakes);
  }
  const bool by_size = choice.how == CellChoice::How::kLargerThan ||
                       choice.how == CellChoice::How::kSmallerThan;
  if (by_size && std::ranges::none_of(cells, [&](const Cell& cell) {
        return fits(choice, cell);
      })) {
    mistake_at(at, "no cell of \"" + name + "\" has such a size", "",
               names.mistakes);
  }
}

bool check_place(const Names& names, const Place& place) {
  if (!names.services.check(place.service, names.mistakes)) return false;
  if (place.cells.how == CellChoice::How::kAll) return true;
  const size_t index = *names.services.find(place.service.name);
  check_cells(names, place.cells, {&names.scenario.services[index]},
              place.service.at);
  return true;
}

void check_services(const Names& names) {
  check_sharing(names);
  for (const Service& service : names.scenario.services) {
    if (service.restart.limit) {
      names.limits.check(*service.restart.limit, names.mistakes);
    }
    check_needs(names, service);
  }
}

}  // namespace outagesim
