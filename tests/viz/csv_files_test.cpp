#include "viz/csv_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using testing::outage;
using testing::quiet_replication;
using testing::small_model;
using ::testing::StartsWith;

Replication ten_minutes(const Model& model) {
  Replication replication = quiet_replication(model, 7);
  replication.outages = {outage(0, 0, 600)};
  return replication;
}

Summary one_run(const Model& model) {
  Summary summary(model);
  summary.add(ten_minutes(model));
  return summary;
}

TEST(CsvFiles, SummaryHasTheColumnsThatOthersRead) {
  const Model model = small_model();
  const std::string text = summary_csv(model, summary_rows(one_run(model)));
  EXPECT_THAT(text, StartsWith("scope,name,metric,unit,statistic,value,"
                               "ci_low,ci_high,n,censored\n"));
  EXPECT_THAT(text, HasSubstr("\nproduct,chat,ttr,s,p50,600,0,inf,1,0\n"));
  EXPECT_THAT(text, HasSubstr("\nproduct,chat,ttr,s,mean,600,,,1,0\n"));
  EXPECT_THAT(text, HasSubstr("\nproduct,video,ttr,s,mean,,,,0,0\n"));
  EXPECT_THAT(text,
              HasSubstr("\nproduct,chat,outage_probability,1,probability,1,"));
}

TEST(CsvFiles, OutagesAreARowEach) {
  const Model model = small_model();
  std::string text;
  append_outages(model, ten_minutes(model), text);
  EXPECT_EQ(outages_csv_header(),
            "replication,product,cause,onset_s,detected_s,first_word_s,"
            "worst_s,first_cell_s,substantial_s,end_s,full_s,lowest,lost_s,"
            "censored,full_censored,shared\n");
  EXPECT_EQ(text, "7,chat,power,0,60,600,0,,300,600,1200,0,600,0,0,0\n");
}

TEST(CsvFiles, TimelineTellsBandsForEachProduct) {
  const Model model = small_model();
  const std::string text = timeline_csv(one_run(model));
  EXPECT_THAT(text, StartsWith("product,t_s,p5,p25,p50,p75,p95,mean,n\n"
                               "chat,0,1,1,1,1,1,1,1\n"));
  EXPECT_THAT(text, HasSubstr("\nvideo,172800,1,1,1,1,1,1,1\n"));
}

TEST(CsvFiles, ObservedTellsWhereRealityFell) {
  Model model = small_model();
  model.observed.resize(1);
  model.observed[0].milestone = Milestone::kRecovered;
  model.observed[0].at = Seconds{600};
  model.observed[0].source = "press, \"late\"";
  const std::string text = observed_csv(one_run(model));
  EXPECT_THAT(text, HasSubstr("\nchat,recovered,600,\"press, \"\"late\"\"\","
                              "600,600,600,600,600,0.5,"));
}

TEST(CsvFiles, ReplicationsHaveAColumnForEachAmount) {
  const Model model = small_model();
  std::string text;
  append_replication(model, ten_minutes(model), text);
  EXPECT_THAT(replications_csv_header(model),
              StartsWith("replication,scope,name,downtime_s,outages,"));
  EXPECT_THAT(text, HasSubstr("7,product,chat,600,1,"));
  EXPECT_THAT(text, HasSubstr("7,population,viewers,,,"));
}

}  // namespace
}  // namespace outagesim
