// One scenario by both fidelities: what the flow serves in each bin of a
// window beside what requests meet, and whether the flow may be trusted there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/load_record.h"
#include "sim/request/request_sim.h"

namespace outagesim {

// Served share of the calls of a bin: those that end well over the larger of
// those made and those that end. 1 where nothing was asked.
double served_share(const StreamBin& bin);

// The flow's steps in the same bins. Steps are in order of time.
std::vector<std::vector<StreamBin>> flow_bins(
    const std::vector<StreamStep>& steps, std::size_t streams,
    const RequestWindow& window);

// One station at the load at which the window begins: is the flow to be
// trusted?
struct FlowTrust {
  std::uint32_t station = 0;
  double load = 0;         // ρ of new calls
  double in_flight = 0;    // m T: requests served in the shortest time-out
  double n0 = 0;           // m T (1 − ρ)
  bool is_trusted = true;  // enough in flight, and not close to critical
};
std::vector<FlowTrust> trust_in_flow(const LoadNet& net,
                                     const std::vector<StreamStep>& steps,
                                     const RequestWindow& window);

// Callers who give up before the calls that are made for them do: the flow lets
// them wait.
struct ImpatientCallers {
  std::uint32_t stream = 0;
  Seconds patience{0};
  Seconds needed{0};  // by the longest of those calls, with its retries
};
std::vector<ImpatientCallers> impatient_callers(const LoadNet& net);

struct StreamComparison {
  std::uint32_t stream = 0;
  double difference = 0;  // mean of |flow − requests| of served shares
  double bias = 0;        // mean of flow − requests
  // First bin below half, and the last such; seconds from the start; NaN: none.
  double flow_onset = 0, request_onset = 0;
  double flow_recovery = 0, request_recovery = 0;
};

struct FidelityComparison {
  LoadRecord record;  // of the flow's replication
  RequestResult requests;
  std::vector<std::vector<StreamBin>> flow;  // by stream, by bin
  std::vector<StreamComparison> streams;     // those from outside
  std::vector<FlowTrust> trust;
  std::vector<ImpatientCallers> impatient;
};

// What replication `index` does by flow.
LoadRecord record_flow(const Model& model, std::uint64_t seed,
                       std::uint64_t index);

// Calls that all stations take in the window, by flow: what simulating it
// request by request costs.
double expected_calls(const LoadRecord& record, const RequestWindow& window);

// The recorded replication's window by flow and request by request.
FidelityComparison compare_fidelity(const Model& model, LoadRecord record,
                                    const RequestWindow& window);
FidelityComparison compare_fidelity(const Model& model, std::uint64_t index,
                                    const RequestWindow& window);

}  // namespace outagesim
