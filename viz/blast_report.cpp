#include "viz/blast_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "viz/people_numbers.h"

namespace outagesim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostRows = 100;
constexpr std::size_t kMostNamed = 20;
constexpr std::size_t kWidth = 88;

std::vector<std::string> names_of(const Model& model,
                                  const std::vector<ServiceId>& services) {
  std::vector<std::string> names;
  for (const ServiceId id : services) {
    names.push_back(model.graph.services[id].name);
  }
  return names;
}

std::vector<std::string> product_names(
    const Model& model, const std::vector<std::uint32_t>& products) {
  std::vector<ServiceId> services;
  for (const std::uint32_t product : products) {
    services.push_back(model.products[product]);
  }
  return names_of(model, services);
}

std::string comma_list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text.empty() ? "none" : text;
}

std::string share(Fraction users) {
  return exact_text(users.value, NumberKind::kShare);
}

bool takes_others(const ServiceBlast& blast) {
  return !blast.switch_over_off.services.empty() ||
         !blast.with_redundancy.services.empty() ||
         blast.switch_over_off.users > Fraction{0};
}

std::vector<std::string> row_of(const Model& model, const ServiceBlast& blast) {
  const Fallen& on = blast.with_redundancy;
  const Fallen& off = blast.switch_over_off;
  return {model.graph.services[blast.service].name,
          std::to_string(on.services.size()),
          share(on.users),
          std::to_string(off.services.size()),
          share(off.users),
          comma_list(product_names(model, off.products))};
}

// Those without a row, by name as long as these can be read.
std::string fall_alone(const Model& model, const std::vector<ServiceId>& alone,
                       const TextStyle& style) {
  if (alone.empty()) return {};
  if (alone.size() > kMostNamed) {
    return "  " + std::to_string(alone.size()) +
           " more services take nothing else with them\n";
  }
  return wrapped(
      "  nothing else falls with: " + comma_list(names_of(model, alone)),
      style.columns(kWidth), 4);
}

std::string all_services(const Model& model, const BlastReport& report,
                         const TextStyle& style) {
  using enum Table::Align;
  Table table{{{"if it falls"},
               {"others fall", kRight},
               {"users hit", kRight},
               {"no switch-over", kRight},
               {"users hit", kRight},
               {"products, no switch-over"}},
              {}};
  std::size_t left_out = 0;
  std::vector<ServiceId> alone;
  for (const ServiceBlast& blast : report.services) {
    if (!takes_others(blast)) {
      alone.push_back(blast.service);
      continue;
    }
    if (table.rows.size() < kMostRows) {
      table.add(row_of(model, blast));
    } else {
      ++left_out;
    }
  }
  std::string text = to_text(table, style);
  if (left_out > 0) {
    text += "  and " + std::to_string(left_out) +
            " more: --format json tells all\n";
  }
  return text + fall_alone(model, alone, style);
}

std::string one_service(const Model& model, const ServiceBlast& blast,
                        const TextStyle& style) {
  std::string text;
  const auto add = [&](const std::string& how, const Fallen& fallen) {
    text += wrapped("  " + how + ": " +
                        comma_list(names_of(model, fallen.services)) +
                        "; users hit: " + share(fallen.users),
                    style.columns(kWidth), 4);
  };
  add("with redundancy working", blast.with_redundancy);
  add("with switch-over off", blast.switch_over_off);
  return text;
}

std::string single_points(const Model& model, const BlastReport& report,
                          const TextStyle& style) {
  std::string text =
      '\n' + style.bold("Single points of failure") + " (redundancy working)\n";
  for (const SinglePoints& points : report.single_points) {
    const ServiceId product = model.products[points.product];
    text += wrapped("  " + model.graph.services[product].name + ": " +
                        comma_list(names_of(model, points.services)),
                    style.columns(kWidth), 4);
  }
  return text;
}

std::string circles(const Model& model, const std::string& title,
                    const std::vector<ServiceCircle>& all,
                    const TextStyle& style) {
  if (all.empty()) return {};
  std::string text = '\n' + style.bold(title) + '\n';
  for (const ServiceCircle& circle : all) {
    text += wrapped("  " + comma_list(names_of(model, circle.services)),
                    style.columns(kWidth), 4);
  }
  return text;
}

Json fallen_json(const Model& model, const Fallen& fallen) {
  return {{"services", names_of(model, fallen.services)},
          {"products", product_names(model, fallen.products)},
          {"users", fallen.users.value}};
}

Json circles_json(const Model& model, const std::vector<ServiceCircle>& all) {
  Json json = Json::array();
  for (const ServiceCircle& circle : all) {
    json.push_back(names_of(model, circle.services));
  }
  return json;
}

}  // namespace

std::string blast_text(const Model& model, const BlastReport& report,
                       const TextStyle& style) {
  if (report.services.size() == 1) {
    return one_service(model, report.services.front(), style);
  }
  return all_services(model, report, style) +
         single_points(model, report, style) +
         circles(model, "Circles of hard needs: they fall together",
                 report.hard_circles, style) +
         circles(model,
                 "Circles through a start: once all is down, none comes back "
                 "by itself",
                 report.start_circles, style);
}

std::string blast_json(const Model& model, const BlastReport& report) {
  Json json;
  json["services"] = Json::array();
  for (const ServiceBlast& blast : report.services) {
    json["services"].push_back(
        {{"service", model.graph.services[blast.service].name},
         {"with_redundancy", fallen_json(model, blast.with_redundancy)},
         {"switch_over_off", fallen_json(model, blast.switch_over_off)}});
  }
  json["single_points"] = Json::object();
  for (const SinglePoints& points : report.single_points) {
    const ServiceId product = model.products[points.product];
    json["single_points"][model.graph.services[product].name] =
        names_of(model, points.services);
  }
  json["hard_circles"] = circles_json(model, report.hard_circles);
  json["start_circles"] = circles_json(model, report.start_circles);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace outagesim
