// One replication costs in proportion to what happens in it.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

// A change takes all cells down in two waves; remedies repair them one by one,
// each as soon as the cell that it is locked behind is up.
Model incident_of(int cells) {
  return model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"2 d\"\n"
      "[service.web]\nkind = \"product\"\nneeds = [\"db\"]\n"
      "[service.control]\ncells = { number = " +
      std::to_string(cells) +
      " }\n[service.db]\ncells = \"control\"\n"
      "needs.control = { kind = \"cached\", life = \"20 min\" }\n"
      "[change.bad]\nat = \"1 h\"\nwhere = \"control\"\n"
      "effect = \"down\"\n"
      "waves = [{ cells = \"10 %\", over = \"1 h\" }, { over = \"1 h\" }]\n"
      "[response.bad]\ndetect = \"4 h\"\n"
      "[remedy.back]\nfor = \"bad\"\nfirst = \"1 h\"\nrest = \"4 h\"\ndoes = "
      "\"undo\"\n");
}

double cpu_seconds(int cells) {
  const Model model = incident_of(cells);
  Engine engine(model);
  double least = 1e9;
  for (int i = 0; i < 3; ++i) {
    const std::clock_t before = std::clock();
    const Replication& replication = engine.run(1, 0);
    least = std::min(least, double(std::clock() - before) / CLOCKS_PER_SEC);
    EXPECT_GT(replication.events, 64U * static_cast<unsigned>(cells));
    EXPECT_FALSE(replication.outages.at(0).censored);
  }
  return least;
}

TEST(LargeIncident, CostsInProportionToItsCells) {
  // Four times the cells: about five times the time, sixteen if each looked
  // for itself among all others.
  const double few = cpu_seconds(500), many = cpu_seconds(2000);
  EXPECT_LT(many / few, 9);
}

}  // namespace
}  // namespace outagesim
