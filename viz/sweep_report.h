// A sweep told as a table, a line for each point, and as one tidy CSV.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/scenario/sweep_axis.h"
#include "sim/experiment/statistics.h"
#include "viz/run_info.h"
#include "viz/table.h"

namespace outagesim {

struct SweptPoint {
  std::vector<std::string> values;     // by axis
  std::shared_ptr<const Model> model;  // what the rows' subjects are of
  std::vector<SummaryRow> rows;
};

struct SweepStory {
  std::vector<SweepAxis> axes;
  std::vector<SweptPoint> points;  // those that are finished
  bool partial = false;
};

std::string sweep_report(const SweepStory& story, const TextStyle& style);
// The axes' paths, then the columns of summary.csv: a row for each number.
std::string sweep_csv(const SweepStory& story);
std::string sweep_json(const SweepStory& story, const RunInfo& info);

}  // namespace outagesim
