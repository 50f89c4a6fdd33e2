// The same load request by request: Poisson arrivals, queues, servers,
// time-outs, retries, breakers. The reference that the flow is checked against,
// and what tells latency percentiles. What people and slow machines do (faults,
// restarts, scale-out, falling over) is replayed from the flow's replication.
#pragma once

#include <vector>

#include "models/compiled/load_net.h"
#include "models/compiled/plan.h"
#include "sim/engine/load_record.h"
#include "sim/request/request_result.h"

namespace outagesim {

// Simulates the window, of `record`'s inputs (in order of time), from a system
// at rest that begins at window.from less the longest time-out. A pure function
// of its arguments. About 0.3 µs an event.
RequestResult simulate_requests(const LoadNet& net,
                                const std::vector<Clock>& clocks,
                                const std::vector<LoadInputStep>& inputs,
                                const RequestWindow& window);

}  // namespace outagesim
