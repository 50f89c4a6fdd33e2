// Services read straight from the text are what toml++ would have made of it.
#include "models/scenario/plain_services.h"

#include <gtest/gtest.h>

#include <fstream>

#include "models/base/error.h"
#include "models/scenario/load.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

const std::string kHead =
    "format = 1\n[scenario]\nstart = 2025-03-03T10:00:00Z\n"
    "horizon = \"24 h\"\n";

// Files of a megabyte are read plainly; a comment makes one of any file.
std::string as_large_file(const std::string& text) {
  return text + "#" + std::string(1 << 20, '-') + "\n";
}

Scenario loaded(const std::string& name, const std::string& text) {
  const auto path = scratch_folder() / name;
  std::ofstream(path) << text;
  return load_scenario(path.string());
}

std::string mistakes_in(const std::string& text) {
  try {
    loaded("wrong.toml", text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "fine";
}

// Everything that can be seen of the services, where it was written too.
std::string told(const Scenario& scenario) {
  std::string text;
  const auto add = [&](const std::string& name, const SourcePosition& at) {
    text += name + '@' + std::to_string(at.line) + ':' +
            std::to_string(at.column) + ' ';
  };
  for (const Service& service : scenario.services) {
    add(service.name, service.at);
    text += service.label + std::to_string(static_cast<int>(service.kind));
    text += " cells " + std::to_string(service.cells.size()) + '\n';
    for (const Need& need : service.needs) {
      text += "  " + std::to_string(static_cast<int>(need.kind)) + ' ';
      add(need.name, need.at);
      for (const Place& place : need.targets) {
        add(place.service.name, place.service.at);
        for (const Reference& cell : place.cells.named) add(cell.name, cell.at);
      }
      text += '\n';
    }
  }
  return text;
}

void expect_same(const std::string& services) {
  const std::string text = kHead + services;
  EXPECT_EQ(told(loaded("large.toml", as_large_file(text))),
            told(loaded("small.toml", text)));
}

std::size_t taken(const std::string& text) {
  PlainServices plain;
  take_plain_services(make_source_file("x", text), plain);
  return plain.services.size();
}

TEST(PlainServices, AreWhatTheTableWouldHaveHeld) {
  expect_same(
      "[service.a]\n[service.b]\nkind = \"product\"\nneeds = [\"a\"]\n\n"
      "[service.c]\nneeds = [ \"b\" ,\n\n  \"a\"\n]\nkind=\"supplier\"\n"
      "[service.d]\nlabel = \"D\"\ncells = { x = 1, y = 2 }\n"
      "[service.e]\nneeds = [\"a\", \"d.x\"]\n"
      "[service.f]\nneeds = [\"d.y\", \"e\"]  \n[service.g]\nneeds = []\n");
}

TEST(PlainServices, StandBetweenTheOthersInTheOrderWritten) {
  expect_same(
      "[service.z]\n[service.y]\n[service.x]\nlabel = \"X\"\n[service.w]\n"
      "[service.v]\n[service.\"u u\"]\n[service.t]\n[service.s]\n"
      "[service.s.needs]\nz = \"soft\"\n[service.r]\n[service.q]\n");
}

TEST(PlainServices, AreTakenOnlyAfterAnother) {
  EXPECT_EQ(taken("[service.a]\n[service.b]\n[service.c]\n"), 2u);
  EXPECT_EQ(taken("[service.a]\n# why\n[service.b]\n[service.c]\n"), 1u);
  EXPECT_EQ(taken("x = '''\n[service.a]\n[service.b]\n'''\n"), 0u);
  EXPECT_EQ(taken("[service.a]\n[service.b]\nkindneeds = []\n"), 0u);
  EXPECT_EQ(taken("[service.a]\n[service.b]\nkind = \"king\"\n"), 0u);
  EXPECT_EQ(taken("[service.a]\n[service.b]\nneeds = [\"a\"] [service.c]"), 0u);
  EXPECT_EQ(taken("[service.a]\n[service.b]\n[service.b.needs]\n"), 0u);
}

TEST(PlainServices, LeaveTheLinesOfTheRestWhereTheyWere) {
  PlainServices plain;
  const std::string rest = take_plain_services(
      make_source_file("x",
                       "[service.a]\n[service.b]\nneeds = [\n\"a\"]\n\n"
                       "[fault.f]\nat = \"1 h\"\n"),
      plain);
  EXPECT_EQ(rest, "[service.a]\n\n\n\n\n[fault.f]\nat = \"1 h\"\n");
}

// The same words whichever way the file is read.
TEST(PlainServices, MistakesReadTheSame) {
  for (const std::string services :
       {"[service.a]\n[service.b]\n[service.b]\n",
        "[service.a]\n[service.b]\n[service.b.needs]\na = \"hrd\"\n",
        "[service.a]\n[service.b]\nneeds = [\"c\", \"b\", \"a\", \"a\"]\n",
        "[service.a]\n[service.b]\nneeds = [\"a\"\n[service.c]\n",
        "x = [\n[service.a]\n[service.b]\n]\n",
        "[service.a]\n[service.b]\n[fault.f]\nat = \"1 h\"\nwhere = \"z\"\n"}) {
    const std::string small = mistakes_in(kHead + services);
    EXPECT_NE(small, "fine");
    EXPECT_EQ(mistakes_in(as_large_file(kHead + services)), small);
  }
}

TEST(PlainServices, GiveWayToStrategiesThatChangeThem) {
  const std::string text = as_large_file(
      kHead +
      "[service.a]\n[service.b]\n[service.c]\nneeds = [\"b\"]\n"
      "[strategy.s]\nwhy = \"x\"\nset.\"service.c.head_room\" = \"10 %\"\n");
  EXPECT_EQ(loaded("strategy.toml", text).services.size(), 3u);
}

}  // namespace
}  // namespace outagesim
