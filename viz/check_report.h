// The check of a simulation against exact answers, for people and for programs:
// what agrees, what differs, what could not be solved and why, and what takes
// each product down.
#pragma once

#include <string>

#include "sim/experiment/check.h"
#include "viz/people_numbers.h"
#include "viz/table.h"

namespace outagesim {

struct CheckStory {
  const Model& model;
  const CheckReport& report;
  std::string scenario;  // as the user named it
  std::string against;   // the same of the exact side, where it is another
};

// Of the numbers of a row: its metric's, or a share of incidents.
NumberKind number_kind(const CheckRow& row);
std::string_view number_unit(const CheckRow& row);
// As many digits as it is exact to, six at most.
std::string exact_digits(const CheckRow& row);
// "stage_detect (middle)"; of a mean the metric alone.
std::string number_name(const CheckRow& row);

std::string check_text(const CheckStory& story, const TextStyle& style);
std::string check_json(const CheckStory& story);

// A row for each number that could be solved, and for each that could not.
std::string check_csv(const CheckStory& story);
// A row for each minimal cut set of each product, up to the order asked for.
std::string cut_sets_csv(const CheckStory& story);
// A row for each product and each event it depends on.
std::string importance_csv(const CheckStory& story);

}  // namespace outagesim
