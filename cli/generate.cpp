// outagesim generate: a system as large as wanted, to try things on.
#include <iostream>

#include "cli/commands.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "viz/fleet_toml.h"
#include "viz/whole_file.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostServices = 1'000'000;
constexpr double kMostNeeds = 50;

double read_needs(const std::string& text) {
  const Parsed<double> needs = parse_number(text);
  if (needs && *needs >= 1 && *needs <= kMostNeeds) return *needs;
  throw UsageError("--needs: expected a number from 1 to 50, found \"" +
                   truncate(text, 60) + "\"");
}

int generate(const Arguments& arguments) {
  FleetOptions options;
  options.services = static_cast<std::uint32_t>(whole_number(
      "services", arguments.operands().front(), 10, kMostServices));
  if (const auto text = arguments.value("seed")) {
    options.seed = whole_number("seed", *text, 0, std::uint64_t{1} << 53);
  }
  if (const auto text = arguments.value("needs")) {
    options.needs = read_needs(*text);
  }
  const std::string text = fleet_toml(make_fleet(options), options);
  if (const auto out = arguments.value("out")) {
    write_whole_file(*out, text);
  } else {
    std::cout << text;
  }
  return kFine;
}

}  // namespace

Command generate_command() {
  return {
      {.name = "generate",
       .operands = "SERVICES",
       .summary = "Write a system with the shape of real fleets",
       .details = "From 10 to 1,000,000 services: shared stores and suppliers "
                  "that very many stand on, call trees of a handful of levels, "
                  "numbers of needs with a heavy tail; a store that dies, and "
                  "people who use a product. To see how things grow, not what "
                  "happens to anybody.",
       .example = "outagesim generate 10000 --out fleet.toml",
       .options = {{"seed", "N", "of all random numbers", "1"},
                   {"needs", "X", "of a service, on average", "5"},
                   {"out", "FILE", "write it there", "standard output"}},
       .least = 1,
       .most = 1},
      generate};
}

}  // namespace outagesim
