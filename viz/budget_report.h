// A budget that was spent on a ranking, told to a person and as CSV and JSON.
#pragma once

#include <string>

#include "sim/experiment/budget.h"
#include "viz/run_info.h"
#include "viz/table.h"

namespace outagesim {

std::string budget_report(const BudgetResult& result, const TextStyle& style);
// strategy,replications,metric,unit,mean,…: a row for each candidate.
std::string budget_csv(const BudgetResult& result);
std::string budget_json(const BudgetResult& result, const RunInfo& info);

}  // namespace outagesim
