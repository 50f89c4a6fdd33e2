#include "models/import/incident_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/base/error.h"
#include "models/import/csv.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CsvReader, ReadsQuotesLineEndsAndBlankLines) {
  CsvReader csv(
      "\xEF\xBB\xBF"
      "a,b\r\n\r\n\"x, \"\"y\"\"\nz\",\n,2");
  std::vector<std::string> row;
  ASSERT_TRUE(csv.next(row));
  EXPECT_THAT(row, ElementsAre("a", "b"));
  ASSERT_TRUE(csv.next(row));
  EXPECT_EQ(csv.line(), 3U);
  EXPECT_THAT(row, ElementsAre("x, \"y\"\nz", ""));
  ASSERT_TRUE(csv.next(row));
  EXPECT_EQ(csv.line(), 5U);
  EXPECT_THAT(row, ElementsAre("", "2"));
  EXPECT_FALSE(csv.next(row));
}

TEST(CsvReader, FindsTheSeparatorInTheFirstLine) {
  CsvReader csv("a;b\n1,5;2");
  std::vector<std::string> row;
  csv.next(row);
  csv.next(row);
  EXPECT_THAT(row, ElementsAre("1,5", "2"));
}

TEST(CsvReader, KeepsNoMoreFieldsThanARowMayHave) {
  const std::string text(CsvReader::kMostFields + 5, ',');
  CsvReader csv(text);
  std::vector<std::string> row;
  ASSERT_TRUE(csv.next(row));
  EXPECT_TRUE(csv.too_wide());
  EXPECT_EQ(row.size(), CsvReader::kMostFields);
}

std::string moment(std::string_view text, const DateReading& reading = {}) {
  const Parsed<UtcTime> parsed = parse_moment(text, reading);
  return parsed ? to_text(*parsed) : parsed.error;
}

TEST(DateText, ReadsManyFormats) {
  const std::string expected = "2024-12-26T18:40:00Z";
  for (const char* text :
       {"2024-12-26T18:40:00Z", "2024-12-26 18:40", "2024-12-26T18:40:00.123Z",
        "2024-12-26T10:40:00-08:00", "2024-12-26 21:40:00 +0300",
        "26.12.2024 18:40", "12/26/2024 6:40 PM", "26/12/2024 18:40:00 UTC",
        "Dec 26, 2024 18:40", "26 December 2024, 18:40", "26-Dec-2024 18:40",
        "1735238400", "1735238400000"}) {
    EXPECT_EQ(moment(text), expected) << text;
  }
  EXPECT_EQ(moment("2024-12-26"), "2024-12-26T00:00:00Z");
  EXPECT_EQ(moment("12/26/2024 12:05 am"), "2024-12-26T00:05:00Z");
}

TEST(DateText, AsksForTheOrderWhereItIsNotClear) {
  EXPECT_EQ(moment("03/04/2024 10:00"),
            "day or month first? say --date-order dmy or mdy");
  EXPECT_EQ(moment("03/04/2024", DateReading{{}, DateOrder::kDayFirst}),
            "2024-04-03T00:00:00Z");
  EXPECT_EQ(moment("03/04/2024", DateReading{{}, DateOrder::kMonthFirst}),
            "2024-03-04T00:00:00Z");
}

TEST(DateText, RefusesWhatIsNoMoment) {
  for (const char* text :
       {"", "yesterday", "2024-13-01", "2024-02-30", "2024-12-26 25:00",
        "2024-12-26 18:40 XYZ", "2024-12-26 18:40:00+99:00", "-5",
        "2024-12-26 18:40 tomorrow", "99999999999999999999"}) {
    EXPECT_THAT(moment(text), ::testing::StartsWith("expected a date")) << text;
  }
}

// Clocks in Los Angeles went forward on 10 March 2024 and back on 3 November.
TEST(DateText, TakesLocalTimesByTheZone) {
  const auto zone = find_zone("America/Los_Angeles");
  if (!zone) GTEST_SKIP() << zone.error;
  const DateReading reading{*zone, DateOrder::kUnknown};
  EXPECT_EQ(moment("2024-12-26 10:40", reading), "2024-12-26T18:40:00Z");
  EXPECT_EQ(moment("2024-07-01 10:40", reading), "2024-07-01T17:40:00Z");
  EXPECT_EQ(moment("2024-11-03 01:30", reading), "2024-11-03T08:30:00Z");
  EXPECT_EQ(moment("2024-03-10 02:30", reading), "2024-03-10T10:30:00Z");
  EXPECT_EQ(moment("2024-12-26 10:40Z", reading), "2024-12-26T10:40:00Z");
  EXPECT_EQ(moment("2024-11-03 01:30", {*zone, DateOrder::kUnknown, true}),
            "2024-11-03T09:30:00Z");
}

TEST(DateText, KnowsNamesOfOffsetsThatMeanOneThing) {
  EXPECT_EQ(moment("2024-12-26 10:40 PST"), "2024-12-26T18:40:00Z");
  EXPECT_EQ(moment("Jul 1, 2024 10:40 AM PDT"), "2024-07-01T17:40:00Z");
  EXPECT_EQ(moment("2024-12-26 19:40 CET"), "2024-12-26T18:40:00Z");
  // Bangladesh or Britain?
  EXPECT_THAT(moment("2024-12-26 18:40 BST"),
              ::testing::StartsWith("expected a date"));
}

IncidentLog read(const std::string& text, const LogOptions& options = {}) {
  return read_incident_log(make_source_file("log.csv", text), options);
}

std::string refusal(const std::string& text, const LogOptions& options = {}) {
  try {
    read(text, options);
  } catch (const InputError& error) {
    return error.what();
  }
  return "fine";
}

constexpr const char* kThree =
    "id,started_at,resolved_at,impact,service\n"
    "c,2024-01-03 00:00,,2,api\n"
    "a,2024-01-01 00:00,2024-01-01 01:00,2,api;chat\n"
    "b,2024-01-02 00:00,2024-01-02 00:30,4,chat\n";

TEST(IncidentLog, FindsColumnsByTheirUsualNamesAndSortsByStart) {
  const IncidentLog log = read(kThree);
  ASSERT_EQ(log.incidents.size(), 3U);
  EXPECT_EQ(log.rows, 3U);
  EXPECT_EQ(log.incidents[0].line, 3U);
  EXPECT_EQ(log.incidents[0].services.size(), 2U);
  EXPECT_FALSE(log.incidents[2].end());
  EXPECT_EQ(to_text(log.watched_until), "2024-01-03T00:00:00Z");
  EXPECT_EQ(log.columns[0], "started_at");
  EXPECT_EQ(log.columns[5], "resolved_at");
  EXPECT_EQ(log.columns[1], "");
}

// 01:50 of the first pass to 01:10 of the second are twenty minutes.
TEST(IncidentLog, ReadsAnHourThatComesTwiceSoThatIncidentsEndAfterTheyBegin) {
  const auto zone = find_zone("America/Los_Angeles");
  if (!zone) GTEST_SKIP() << zone.error;
  LogOptions options;
  options.dates.zone = *zone;
  const IncidentLog log = read(
      "start,end\n2024-11-03 01:50,2024-11-03 01:10\n"
      "2024-11-04 01:50,2024-11-04 02:10\n",
      options);
  for (const LoggedIncident& one : log.incidents) {
    EXPECT_EQ(one.end()->seconds - one.start().seconds, 1200);
  }
  EXPECT_EQ(log.twice, 2U);
  EXPECT_THAT(
      refusal("start,end\n2024-11-04 01:50,2024-11-04 01:10\n", options),
      HasSubstr("it ends before it begins"));
}

TEST(IncidentLog, FindsWhatSeparatesServicesThatStandAloneElsewhere) {
  const std::string text =
      "start,services\n2024-01-01,api\n2024-01-02,chat\n"
      "2024-01-03,api chat\n2024-01-04,\"big web\"\n";
  LogOptions options;
  options.find_split = true;
  const IncidentLog found = read(text, options);
  EXPECT_EQ(found.split_found, " ");
  EXPECT_EQ(found.split_example, "api chat");
  EXPECT_THAT(found.services, ElementsAre("api", "chat", "big", "web"));
  const IncidentLog as_said = read(text);
  EXPECT_THAT(as_said.services,
              ElementsAre("api", "chat", "api chat", "big web"));
  // Nothing stands alone: nothing is known to be joined.
  EXPECT_EQ(read("start,services\n2024-01-01,big web\n", options).split_found,
            "");
}

TEST(IncidentLog, RefusesWhatIsNoTable) {
  EXPECT_THAT(refusal(std::string(20'000, ',')),
              HasSubstr("names too many columns"));
  EXPECT_THAT(refusal("\"start,end\n2024-01-01,2024-01-02\n"),
              HasSubstr("a quote is opened and never closed"));
  EXPECT_THAT(refusal(std::string("ELF\0\1\2\n\0", 8)),
              HasSubstr("this is not text"));
  std::string names = "start,service\n";
  for (int i = 0; i < 1100; ++i) {
    names += "2024-01-01,s" + std::to_string(i) + "\n";
  }
  EXPECT_THAT(refusal(names),
              HasSubstr("more than 1000 different services so far"));
}

TEST(IncidentLog, TakesColumnsByTheNamesGiven) {
  LogOptions options;
  options.columns = {{"start", "t0"}, {"end", "t1"}};
  const IncidentLog log = read("t0,t1\n2024-01-01,2024-01-02\n", options);
  EXPECT_THAT(log.services, ElementsAre("all"));
  EXPECT_EQ(
      log.incidents.at(0).end()->seconds - log.incidents.at(0).start().seconds,
      86400);
}

TEST(IncidentLog, CountsWhatFiltersLeaveOut) {
  LogOptions options;
  options.filters = {{"impact", "4", false}};
  options.services = {"chat"};
  const IncidentLog log = read(kThree, options);
  EXPECT_EQ(log.incidents.size(), 1U);
  EXPECT_EQ(log.filtered, 1U);
  EXPECT_EQ(log.other_service, 1U);
  LogOptions early;
  early.until = UtcTime{1704153600};  // 2 January
  EXPECT_EQ(read(kThree, early).other_time, 2U);
  EXPECT_EQ(read(kThree, early).watched_until, *early.until);
}

TEST(IncidentLog, TellsAllMistakesWithTheirLines) {
  EXPECT_EQ(refusal("start,end\n"
                    "2024-01-01,2024-01-02\n"
                    "soon,2024-01-02\n"
                    "2024-01-03,2024-01-02\n"
                    ",2024-01-02\n"
                    "2024-01-01,2024-01-02,3\n"),
            "log.csv:3:1: error: start: \"soon\" is no moment\n"
            "    3 | soon,2024-01-02\n"
            "      | ^  expected a date and time such as "
            "2024-12-26T18:40:00Z\n"
            "log.csv:4:1: error: it ends before it begins\n"
            "    4 | 2024-01-03,2024-01-02\n"
            "      | ^  2024-01-02T00:00:00Z is before 2024-01-03T00:00:00Z\n"
            "log.csv:5:1: error: start: when it began is missing\n"
            "    5 | ,2024-01-02\n"
            "      | ^\n"
            "log.csv:6:1: error: found 3 fields\n"
            "    6 | 2024-01-01,2024-01-02,3\n"
            "      | ^  the first line names 2 columns\n");
}

TEST(IncidentLog, SuggestsColumnsAndServices) {
  LogOptions options;
  options.columns = {{"end", "resolved"}};
  EXPECT_THAT(refusal(kThree, options),
              ::testing::HasSubstr("no column is named \"resolved\""));
  EXPECT_THAT(refusal("when,until\n1,2\n"),
              ::testing::HasSubstr("name it with --column start=NAME"));
  LogOptions service;
  service.services = {"chta"};
  EXPECT_THAT(refusal(kThree, service),
              ::testing::HasSubstr("did you mean \"chat\"?"));
}

TEST(IncidentLog, RefusesAFileThatIsCutOffWithinAQuote) {
  EXPECT_THAT(refusal("start,note\n2024-01-01,\"and then\n"),
              ::testing::HasSubstr("a quote is opened and never closed"));
  EXPECT_THAT(refusal(""), ::testing::HasSubstr("the file is empty"));
}

}  // namespace
}  // namespace outagesim
