// Events that strike at a rate and last a time of their own each, as failure
// sources: how many are under way is Poisson, as in a queue with infinitely
// many servers [Takacs62].
#pragma once

#include <optional>
#include <vector>

#include "models/analysis/failure_source.h"

namespace outagesim {

bool is_exponential(const Distribution& law);
// Whether mean and variance are finite, and the mean above 0.
bool has_moments(const Distribution& law);

// Each node keeps this share of its health.
std::vector<NodeLoss> losses_of(const std::vector<NodeId>& nodes, double left);

// The share of health that is left, if it is always the same.
std::optional<double> health_left(const std::optional<Distribution>& severity);

// What a fault's effect leaves of a node.
NodeLoss loss_by(const FaultEffect& effect, NodeId node);

// A law's kinks, as times after `from`.
void add_breaks(const Distribution& law, Seconds from,
                std::vector<Seconds>& breaks);

// Under way while at least one strike is: strikes come at `rate` a second.
void set_strikes(FailureSource& source, double rate, const Distribution& takes,
                 bool stationary);

// A common cause as an event for each set of members that it can leave down.
void add_common_cause(const Model& model, const CommonCauseProcess& cause,
                      FailureSources& into);

}  // namespace outagesim
