// The words of the language that stand for one of a few things, each with its
// meaning: the loader, the schema, the reference and `outagesim list` all read
// these lists.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "models/parts/fault.h"
#include "models/parts/need.h"
#include "models/parts/population.h"
#include "models/parts/response.h"
#include "models/parts/service.h"
#include "models/scenario/scenario.h"

namespace outagesim {

template <class Enum>
struct Choice {
  std::string_view word;
  Enum value;
  std::string_view meaning;
};

template <class Enum>
inline constexpr std::array<Choice<Enum>, 0> kChoices{};

template <>
inline constexpr auto kChoices<ServiceKind> =
    std::to_array<Choice<ServiceKind>>({
        {"supplier", ServiceKind::kSupplier, "outside our control"},
        {"infrastructure", ServiceKind::kInfrastructure,
         "what services stand on"},
        {"service", ServiceKind::kService, "a part of our own"},
        {"product", ServiceKind::kProduct,
         "what people use; outages are counted here"},
    });

template <>
inline constexpr auto kChoices<NeedKind> = std::to_array<Choice<NeedKind>>({
    {"hard", NeedKind::kHard, "fails with its target"},
    {"soft", NeedKind::kSoft, "the request succeeds, but is degraded"},
    {"cached", NeedKind::kCached,
     "a failure shows little by little, as cached answers run out"},
    {"any", NeedKind::kAny,
     "alternatives, one active at a time; may switch over"},
    {"quorum", NeedKind::kQuorum, "at least k of n targets must answer"},
    {"async", NeedKind::kAsync,
     "no effect at once; work queues and is drained after repair"},
    {"to_repair", NeedKind::kToRepair,
     "not needed to serve, but to repair or change: a lock-out"},
    {"to_start", NeedKind::kToStart,
     "not needed while running, but to restart: a cold start"},
    {"to_observe", NeedKind::kToObserve,
     "not needed to serve, but to notice a failure"},
});

template <>
inline constexpr auto kChoices<SwitchBy> = std::to_array<Choice<SwitchBy>>({
    {"automatic", SwitchBy::kAutomatic, "by the system itself"},
    {"by hand", SwitchBy::kHand, "by people, with a remedy"},
});

template <>
inline constexpr auto kChoices<Routing> = std::to_array<Choice<Routing>>({
    {"partitioned", Routing::kPartitioned,
     "a request belongs to a cell: its data are there"},
    {"balanced", Routing::kBalanced,
     "any working cell serves it, up to the head-room"},
});

template <>
inline constexpr auto kChoices<Restart::Shape> =
    std::to_array<Choice<Restart::Shape>>({
        {"step", Restart::Shape::kStep, "nothing works before the end"},
        {"linear", Restart::Shape::kLinear, "grows evenly from nothing to all"},
        {"exponential", Restart::Shape::kExponential,
         "fast at first, then slower; 99 % at the end"},
    });

template <>
inline constexpr auto kChoices<FaultEffect::What> =
    std::to_array<Choice<FaultEffect::What>>({
        {"down", FaultEffect::What::kDown, "nothing of it works"},
        {"health", FaultEffect::What::kHealth,
         "this share of its own capacity is left"},
        {"errors", FaultEffect::What::kErrors, "this share of requests fails"},
        {"load", FaultEffect::What::kLoad, "this multiple of the usual demand"},
        {"latency", FaultEffect::What::kLatency, "added to every answer"},
        {"adds", FaultEffect::What::kAdds, "so many requests a second more"},
    });

template <>
inline constexpr auto kChoices<RemedyEffect::What> =
    std::to_array<Choice<RemedyEffect::What>>({
        {"repair", RemedyEffect::What::kRepair, "ends the fault on the cell"},
        {"undo", RemedyEffect::What::kUndo, "takes a change back on the cell"},
        {"switch", RemedyEffect::What::kSwitch,
         "a need of kind `any` turns to a working alternative"},
        {"drop", RemedyEffect::What::kDrop, "a need is no longer made"},
        {"traffic", RemedyEffect::What::kTraffic,
         "requests to a service go to its working cells"},
        {"load", RemedyEffect::What::kLoad,
         "the cell's demand times this number"},
        {"capacity", RemedyEffect::What::kCapacity,
         "the cell's capacity times this number"},
        {"flush", RemedyEffect::What::kFlush,
         "a service loses its queue, and its callers their retries"},
    });

template <>
inline constexpr auto kChoices<CellOrder> = std::to_array<Choice<CellOrder>>({
    {"given", CellOrder::kGiven, "service by service, as listed"},
    {"mixed", CellOrder::kMixed, "one cell of each service in turn"},
    {"largest first", CellOrder::kLargestFirst, "by cell size, falling"},
    {"smallest first", CellOrder::kSmallestFirst, "by cell size, rising"},
    {"random", CellOrder::kRandom, "drawn anew in each replication"},
});

template <>
inline constexpr auto kChoices<PopulationClass> =
    std::to_array<Choice<PopulationClass>>({
        {"people", PopulationClass::kPeople, "who use the product themselves"},
        {"businesses", PopulationClass::kBusinesses, "that work with it"},
        {"developers", PopulationClass::kDevelopers, "who build on it"},
    });

template <>
inline constexpr auto kChoices<Milestone> = std::to_array<Choice<Milestone>>({
    {"onset", Milestone::kOnset, "service falls below the outage threshold"},
    {"detected", Milestone::kDetected, "the operator notices"},
    {"first word", Milestone::kFirstWord, "the operator first says something"},
    {"worst", Milestone::kWorst, "service is first at its minimum"},
    {"first cell", Milestone::kFirstCell, "the first cell is restored"},
    {"substantial", Milestone::kSubstantial,
     "service is back at `substantial` for good"},
    {"recovered", Milestone::kRecovered, "the outage ends"},
    {"full", Milestone::kFull, "nothing is degraded either"},
});

// Whether a background failure's clock runs from repair or from start.
enum class ClockFrom : std::uint8_t { kRepair, kStart };
template <>
inline constexpr auto kChoices<ClockFrom> = std::to_array<Choice<ClockFrom>>({
    {"repair", ClockFrom::kRepair, "from the end of a repair to the next"},
    {"start", ClockFrom::kStart, "from start to start"},
});

// What a strategy changes each of.
enum class Each : std::uint8_t { kService, kNeed, kFault, kResponse, kRemedy };
template <>
inline constexpr auto kChoices<Each> = std::to_array<Choice<Each>>({
    {"service", Each::kService, "each [service.NAME]"},
    {"need", Each::kNeed, "each need of each service"},
    {"fault", Each::kFault, "each [fault.NAME] and [change.NAME]"},
    {"response", Each::kResponse, "each [response.NAME]"},
    {"remedy", Each::kRemedy, "each [remedy.NAME]"},
});

}  // namespace outagesim
