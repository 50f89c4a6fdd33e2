#include "viz/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReportPage, IsTheTemplateOfTheRepository) {
  std::ostringstream text;
  text << std::ifstream(source_tree() / "viz/web/template.html").rdbuf();
  EXPECT_EQ(report_template(), text.str());
}

TEST(ReportPage, AllowsNothingButItsOwnScriptAndStyle) {
  const std::string page(report_template());
  EXPECT_THAT(page, HasSubstr("content=\"default-src 'none'; script-src "
                              "'sha256-"));
  EXPECT_THAT(page, Not(HasSubstr("unsafe")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
  EXPECT_THAT(page, Not(HasSubstr("href=\"http")));
}

TEST(ReportPage, StaysBelowItsSize) {
  EXPECT_LT(report_template().size(), 1'500'000u);
}

TEST(ReportPage, HoldsTheDataAndATitleThatIsNoMarkup) {
  const std::string page =
      report_page("</title><script>alert(1)</script>&", R"({"a":1})");
  EXPECT_THAT(page, HasSubstr("<title>&lt;/title>&lt;script>alert(1)"
                              "&lt;/script>&amp;</title>"));
  EXPECT_THAT(page, HasSubstr(R"(id="data">{"a":1}</script>)"));
  EXPECT_THAT(page, Not(HasSubstr("@@DATA@@")));
}

TEST(ReportPage, LeavesMarksWithinTheDataAlone) {
  const std::string page = report_page("@@DATA@@", R"({"a":"@@TITLE@@"})");
  EXPECT_THAT(page, HasSubstr("<title>@@DATA@@</title>"));
  EXPECT_THAT(page, HasSubstr(R"({"a":"@@TITLE@@"})"));
}

}  // namespace
}  // namespace outagesim
