// The laws of the tree, read off the sources themselves: layers look down,
// third-party headers stay behind their walls, chance and clocks stay out of
// the models. A law that must bend gets a line in a table here, with a reason.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using Strings = std::vector<std::string>;

struct Source {
  std::string path;  // from the root, as an include names it
  Strings lines;     // without comments
  std::string first_line;
};

// From the ground up; a file includes from its own layer or a lower one.
const Strings kLayers = {"models/base/",
                         "models/parts/",
                         "models/scenario/",
                         "models/import/",
                         "models/compiled/",
                         "models/analysis/",
                         "sim/core/",
                         "sim/engine/",
                         "sim/request/",
                         "sim/stats/",
                         "sim/experiment/",
                         "viz/",
                         "cli/"};

struct Rule {
  std::string text;  // what may not stand in a line ...
  Strings within;    // ... of the files under these folders ...
  Strings except;    // ... but for those under these
};

const Strings kEverywhere = {"models/", "sim/", "viz/", "cli/"};

const std::vector<Rule> kWalls = {
    {"<toml++/", kEverywhere, {"models/scenario/", "models/import/"}},
    {"<nlohmann/",
     kEverywhere,
     {"models/scenario/json_schema.cpp", "models/import/", "viz/"}},
    {"<boost/program_options", kEverywhere, {"cli/"}},
    {"<boost/graph/", kEverywhere, {"models/analysis/"}},
    {"<Eigen/", kEverywhere, {"models/analysis/"}},
    {"<Random123/", kEverywhere, {"sim/core/"}},
    {"<zlib.h>", kEverywhere, {"viz/"}},
    {"<date/",
     kEverywhere,
     {"models/parts/time_zone.cpp", "models/scenario/", "models/compiled/"}},
    {"<thread>",
     kEverywhere,
     {"sim/experiment/", "cli/interrupt.h", "cli/ranks.cpp"}},
    {"<mpi.h>", kEverywhere, {"cli/mpi/"}},
    {"<dlfcn.h>", kEverywhere, {"cli/ranks.cpp"}},
};

// Standard distributions differ between libraries, so <random> is of no use.
const std::vector<Rule> kChanceAndClocks = {
    {"<random>", kEverywhere, {}},
    {"std::rand(", kEverywhere, {}},
    {"random_device", kEverywhere, {}},
    {"_clock::now", {"models/", "sim/core/", "sim/engine/", "sim/stats/"}, {}},
    {"time(nullptr)", {"models/", "sim/"}, {}},
};

// document.cpp turns what toml++ throws into an ordinary mistake of the input,
// xml_file.cpp what Boost's XML reader throws.
const std::vector<Rule> kExceptions = {
    {"catch (",
     kEverywhere,
     {"cli/main.cpp", "models/scenario/document.cpp",
      "models/import/xml_file.cpp"}},
    {"throw ", {"sim/core/", "sim/engine/", "sim/stats/"}, {}},
};

bool is_under_any(const std::string& path, const Strings& folders) {
  return std::any_of(folders.begin(), folders.end(), [&](const auto& folder) {
    return path.starts_with(folder);
  });
}

Source read_source(const fs::path& root, const fs::path& file) {
  Source source;
  source.path = fs::relative(file, root).generic_string();
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (source.lines.empty()) source.first_line = line;
    source.lines.push_back(line.substr(0, line.find("//")));
  }
  return source;
}

std::vector<Source> read_tree() {
  const fs::path root = source_tree();
  std::vector<Source> tree;
  for (const auto& folder : kEverywhere) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const auto extension = entry.path().extension();
      if (extension == ".h" || extension == ".cpp") {
        tree.push_back(read_source(root, entry.path()));
      }
    }
  }
  std::sort(tree.begin(), tree.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return tree;
}

// The project's own files that a file includes.
Strings includes_of(const Source& source) {
  const std::string directive = "#include \"";
  Strings includes;
  for (const auto& line : source.lines) {
    if (!line.starts_with(directive)) continue;
    const auto end = line.find('"', directive.size());
    includes.push_back(line.substr(directive.size(), end - directive.size()));
  }
  return includes;
}

size_t layer_of(const std::string& path) {
  const auto layer = std::find_if(
      kLayers.begin(), kLayers.end(),
      [&](const auto& folder) { return path.starts_with(folder); });
  return static_cast<size_t>(layer - kLayers.begin());
}

Strings breaches_of(const Rule& rule, const std::vector<Source>& tree) {
  Strings breaches;
  for (const auto& source : tree) {
    if (!is_under_any(source.path, rule.within)) continue;
    if (is_under_any(source.path, rule.except)) continue;
    for (size_t i = 0; i < source.lines.size(); ++i) {
      if (source.lines[i].find(rule.text) == std::string::npos) continue;
      breaches.push_back(source.path + ":" + std::to_string(i + 1) + ": " +
                         source.lines[i]);
    }
  }
  return breaches;
}

void expect_kept(const std::vector<Rule>& rules) {
  const auto tree = read_tree();
  for (const auto& rule : rules) {
    EXPECT_THAT(breaches_of(rule, tree), IsEmpty()) << rule.text;
  }
}

// Depth first; `trail` is the chain of includes that led here.
class CircleSearch {
 public:
  explicit CircleSearch(const std::vector<Source>& tree) {
    for (const auto& source : tree) edges_[source.path] = includes_of(source);
  }

  Strings circles() {
    for (const auto& [path, includes] : edges_) visit(path);
    return circles_;
  }

 private:
  void visit(const std::string& path) {
    const auto seen = std::find(trail_.begin(), trail_.end(), path);
    if (seen != trail_.end()) {
      std::string circle;
      for (auto it = seen; it != trail_.end(); ++it) circle += *it + " -> ";
      circles_.push_back(circle + path);
      return;
    }
    if (done_[path]) return;
    trail_.push_back(path);
    for (const auto& next : edges_[path]) visit(next);
    trail_.pop_back();
    done_[path] = true;
  }

  std::map<std::string, Strings> edges_;
  std::map<std::string, bool> done_;
  Strings trail_;
  Strings circles_;
};

TEST(Layering, EveryFileStandsInALayer) {
  for (const auto& source : read_tree()) {
    EXPECT_LT(layer_of(source.path), kLayers.size()) << source.path;
  }
}

TEST(Layering, IncludesAreRootRelativeAndLookDown) {
  for (const auto& source : read_tree()) {
    for (const auto& include : includes_of(source)) {
      EXPECT_LE(layer_of(include), layer_of(source.path))
          << source.path << " includes " << include;
    }
  }
}

TEST(Layering, CoreKnowsNoDomain) {
  for (const auto& source : read_tree()) {
    if (!source.path.starts_with("sim/core/")) continue;
    for (const auto& include : includes_of(source)) {
      EXPECT_TRUE(is_under_any(include, {"sim/core/", "models/base/"}))
          << source.path << " includes " << include;
    }
  }
}

TEST(Layering, IncludesFormNoCircle) {
  EXPECT_THAT(CircleSearch(read_tree()).circles(), IsEmpty());
}

TEST(Layering, FindsACircle) {
  const Source a{"models/a.h", {"#include \"models/b.h\""}, ""};
  const Source b{"models/b.h", {"#include \"models/a.h\""}, ""};

  EXPECT_THAT(CircleSearch({a, b}).circles(),
              testing::ElementsAre("models/a.h -> models/b.h -> models/a.h"));
}

// "Name" of "struct Name {" at the start of a line; empty for other lines.
std::string type_begun_in(const std::string& line) {
  for (const std::string word : {"class ", "struct ", "enum class "}) {
    if (!line.starts_with(word) || line.back() == ';') continue;
    return line.substr(word.size(),
                       line.find_first_of(" :<{", word.size()) - word.size());
  }
  return {};
}

// The compiler does not see two types of one name in two headers; the linker
// then takes one's code for the other's.
TEST(Layering, HeadersHaveNoTwoTypesOfOneName) {
  std::map<std::string, std::string> begun;
  for (const auto& source : read_tree()) {
    if (!source.path.ends_with(".h")) continue;
    for (const auto& line : source.lines) {
      const std::string name = type_begun_in(line);
      if (name.empty()) continue;
      const auto [at, is_new] = begun.emplace(name, source.path);
      EXPECT_TRUE(is_new || at->second == source.path)
          << name << " in " << source.path << " and " << at->second;
    }
  }
}

TEST(Layering, ThirdPartyHeadersStayBehindTheirWalls) { expect_kept(kWalls); }

TEST(Layering, ModelsHaveNoChanceAndNoClock) { expect_kept(kChanceAndClocks); }

TEST(Layering, ExceptionsAreCaughtInOnePlace) { expect_kept(kExceptions); }

TEST(Layering, HeadersOpenByWhatTheyAre) {
  for (const auto& source : read_tree()) {
    if (!source.path.ends_with(".h")) continue;
    EXPECT_TRUE(source.first_line.starts_with("// ")) << source.path;
    EXPECT_THAT(source.lines, testing::Contains("#pragma once")) << source.path;
  }
}

TEST(Layering, FilesAreReadInOneSitting) {
  for (const auto& source : read_tree()) {
    EXPECT_LE(source.lines.size(), 350U) << source.path;
  }
}

}  // namespace
}  // namespace outagesim
