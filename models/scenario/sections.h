// The readers of the language's tables, one file each: how a service, a fault,
// a response … is read, and what its keys are. Internal to this folder.
#pragma once

#include <string_view>
#include <vector>

#include "models/scenario/key.h"
#include "models/scenario/scenario.h"

namespace outagesim {

// Top-level tables; each fills its part of the scenario.
void read_services(const Value& section, Scenario& out);
void read_startup_limits(const Value& section, Scenario& out);
void read_faults(const Value& section, Scenario& out);
void read_changes(const Value& section, Scenario& out);
void read_common_causes(const Value& section, Scenario& out);
void read_teams(const Value& section, Scenario& out);
void read_stages(const Value& section, Scenario& out);
void read_responses(const Value& section, Scenario& out);
void read_remedies(const Value& section, Scenario& out);
void read_communication(const Value& section, Scenario& out);
void read_profiles(const Value& section, Scenario& out);
void read_populations(const Value& section, Scenario& out);
void read_observed(const Value& section, Scenario& out);
void read_beliefs(const Value& section, Scenario& out);
void read_objectives(const Value& section, Scenario& out);
void read_settings_of_scenario(const Value& section, Scenario& out);

// Parts that several tables share.
void read_needs(const Value& value, Service& out);
void read_failures(const Value& value, std::vector<BackgroundFailure>& out);
void read_cells(const Value& value, Service& out);
void read_condition(const Value& value, When& out);
bool read_value(const Value& value, FaultEffect& out);
bool read_value(const Value& value, Visibility& out);
bool read_value(const Value& value, RestartAfter& out);
bool read_value(const Value& value, Offers& out);
bool read_value(const Value& value, Serves& out);
bool read_value(const Value& value, RetryPolicy& out);
bool read_value(const Value& value, Breaker& out);
bool read_value(const Value& value, CallCache& out);
void read_priority(const Value& value, CallPolicy& out);

// What the tables are, for the schema and the reference, in reading order.
std::vector<TableInfo> place_tables();
std::vector<TableInfo> service_tables();
std::vector<TableInfo> need_tables();
std::vector<TableInfo> load_tables();
std::vector<TableInfo> background_tables();
std::vector<TableInfo> fault_tables();
std::vector<TableInfo> effect_tables();
std::vector<TableInfo> response_tables();
std::vector<TableInfo> remedy_tables();
std::vector<TableInfo> people_tables();
std::vector<TableInfo> belief_tables();
std::vector<TableInfo> objective_tables();
std::vector<TableInfo> scenario_tables();
std::vector<TableInfo> strategy_tables();

}  // namespace outagesim
