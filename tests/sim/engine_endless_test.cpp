// Faults and remedies that cause one another without end are given up.
#include <gtest/gtest.h>

#include "models/base/error.h"
#include "sim/experiment/monte_carlo.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

const std::string kCircle =
    "[scenario]\nstart = 2025-03-03T10:00:00Z\nhorizon = \"24 "
    "h\"\n[service.db]\nkind = \"product\"\n[fault.a]\nat = \"0 s\"\nwhere = "
    "\"db\"\n[response.r]\nfor = [\"a\", \"b\"]\n[remedy.s]\nfor = [\"a\", "
    "\"b\"]\nfirst = \"0 s\"\n[fault.b]\nwhen = \"remedy s done\"\nwhere = "
    "\"db\"\n";

TEST(EndlessReplication, IsGivenUp) {
  const Model model = model_of(kCircle);
  EXPECT_TRUE(Engine(model).run(1, 0).endless);
}

TEST(EndlessReplication, IsAnErrorOfTheScenario) {
  const Model model = model_of(kCircle);
  MonteCarloOptions options;
  options.replications = 2;
  EXPECT_THROW(run_monte_carlo(model, options), UsageError);
}

}  // namespace
}  // namespace outagesim
