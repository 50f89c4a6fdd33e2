// What numbers are told of, and by which names.
#include <array>

#include "sim/experiment/metrics.h"

namespace outagesim {
namespace {

using enum Scope;

// More pairs than this would drown the other numbers.
constexpr std::size_t kMostProductsInPairs = 32;

std::string_view class_name(PopulationClass kind) {
  switch (kind) {
    case PopulationClass::kPeople:
      return "people";
    case PopulationClass::kBusinesses:
      return "businesses";
    case PopulationClass::kDevelopers:
      return "developers";
  }
  return "";
}

std::string pair_name(const Model& model, std::uint32_t index) {
  const auto n = static_cast<std::uint32_t>(model.products.size());
  return subject_name(model, {kProduct, index / n}) + "|" +
         subject_name(model, {kProduct, index % n});
}

}  // namespace

std::string_view scope_name(Scope scope) {
  static constexpr std::array<std::string_view, kScopes> kNames{
      "system", "product",    "product", "service",
      "fault",  "population", "class",   "region"};
  return kNames[static_cast<std::size_t>(scope)];
}

std::uint32_t subject_count(const Model& model, Scope scope) {
  const std::size_t products = model.products.size();
  switch (scope) {
    case kSystem:
      return 1;
    case kProduct:
      return static_cast<std::uint32_t>(products);
    case kProductPair:
      return static_cast<std::uint32_t>(
          products <= kMostProductsInPairs ? products * products : 0);
    case kService:
      return static_cast<std::uint32_t>(model.graph.services.size());
    case kFault:
      return static_cast<std::uint32_t>(model.plan.faults.size());
    case kPopulation:
      return static_cast<std::uint32_t>(model.populations.size());
    case kClass:
      return static_cast<std::uint32_t>(
          model.classes.size() > 1 ? model.classes.size() : 0);
    case kRegion:
      return static_cast<std::uint32_t>(model.regions.size());
  }
  return 0;
}

std::string subject_name(const Model& model, Subject subject) {
  switch (subject.scope) {
    case kSystem:
      return "system";
    case kProduct:
      return model.graph.services[model.products[subject.index]].name;
    case kProductPair:
      return pair_name(model, subject.index);
    case kService:
      return model.graph.services[subject.index].name;
    case kFault:
      return model.plan.faults[subject.index].name;
    case kPopulation:
      return model.populations[subject.index].name;
    case kClass:
      return std::string(class_name(model.classes[subject.index]));
    case kRegion:
      return model.regions[subject.index];
  }
  return {};
}

}  // namespace outagesim
