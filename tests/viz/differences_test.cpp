#include "viz/differences.h"

#include <gtest/gtest.h>

namespace outagesim {
namespace {

TEST(Differences, TellWhatChangedInTheWordsOfTheLanguage) {
  const std::vector<KeyText> before{{"fault.power.at", "0 min"},
                                    {"fault.power.ends", "lognormal(...)"},
                                    {"service.b.kind", "product"}};
  const std::vector<KeyText> after{{"fault.power.at", "0 min"},
                                   {"fault.power.ends", "200 min"},
                                   {"remedy.x.first", "1 h"}};
  EXPECT_EQ(to_text(differences(before, after), {}),
            "  ~ fault.power.ends  lognormal(...) → 200 min\n"
            "  + remedy.x.first    1 h\n"
            "  - service.b.kind    product\n");
}

TEST(Differences, KeepTheirColumnsBesideLongPaths) {
  const std::string path =
      "strategy.automatic-failover.set.service.db-*.switch";
  const std::vector<KeyText> after{{"a", "1"}, {path, "2"}};
  EXPECT_EQ(to_text(differences({}, after), {}),
            "  + a" + std::string(path.size() - 1, ' ') + "  1\n  + " + path +
                "  2\n");
}

TEST(Differences, AreNoneBetweenEquals) {
  const std::vector<KeyText> texts{{"a", "1"}, {"b", "2"}};
  EXPECT_TRUE(differences(texts, texts).empty());
  EXPECT_EQ(differences(texts, {}).size(), 2);
  EXPECT_EQ(differences({}, texts).size(), 2);
}

}  // namespace
}  // namespace outagesim
