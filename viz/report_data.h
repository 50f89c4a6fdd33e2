// All that the HTML report shows, computed: positions, sentences, numbers as
// text, bands, frames. The page only draws. What is not defined is null; times
// are seconds from the scenario's start.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "viz/report_source.h"

namespace outagesim {

// Where the pictures of time end: when nine in ten runs are well again, and a
// little more; the horizon of a long run.
Seconds view_end(const Summary& summary);

// What to do: of the strategies that avert at least half of what the best one
// averts, the one whose price for that is lowest; of those without a price the
// one that averts most, if none with a price helps; nothing if none helps
// beyond chance.
std::optional<std::size_t> recommended_strategy(const ComparisonStory& story);

// The data as JSON text without "<", so that it can stand within a page.
std::string report_json(const ReportSource& source);

}  // namespace outagesim
