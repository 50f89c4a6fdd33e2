#include "models/parts/distribution_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "models/parts/law_table.h"

namespace outagesim {
namespace {

Distribution time(std::string_view text) {
  const auto d = parse_distribution(text, Dimension::kTime);
  EXPECT_TRUE(d) << d.error;
  return d ? *d : Distribution();
}

Distribution plain(std::string_view text) {
  const auto d = parse_distribution(text, Dimension::kPlain);
  EXPECT_TRUE(d) << d.error;
  return d ? *d : Distribution();
}

TEST(ParseDistribution, ReadsEveryLaw) {
  EXPECT_EQ(time("5 min"), Distribution(Fixed{300}));
  EXPECT_EQ(time("fixed 5 min"), Distribution(Fixed{300}));
  EXPECT_EQ(time("fixed(5 min)"), Distribution(Fixed{300}));
  EXPECT_EQ(time("exponential(mean 3 min)"), Distribution(Exponential{180}));
  EXPECT_EQ(time("weibull(shape 0.663, scale 94.2 h)"),
            Distribution(Weibull{0.663, 94.2 * 3600}));
  EXPECT_EQ(time("lognormal(median 206 min, sigma 1.718)"),
            Distribution(Lognormal{206 * 60, 1.718}));
  EXPECT_EQ(time("gamma(shape 2, mean 3 h)"), Distribution(Gamma{2, 5400}));
  EXPECT_EQ(time("gamma(shape 2, scale 3 h)"), Distribution(Gamma{2, 10800}));
  EXPECT_EQ(time("loglogistic(median 3 h, shape 2)"),
            Distribution(LogLogistic{10800, 2}));
  EXPECT_EQ(time("uniform(0 min, 20 min)"), Distribution(Uniform{0, 1200}));
  EXPECT_EQ(time("empirical(8 min, 3 min, 5 min)"),
            Distribution(Empirical{{180, 300, 480}}));
}

TEST(ParseDistribution, TakesParametersInAnyOrderAndSpacing) {
  EXPECT_EQ(time("  lognormal ( sigma 1 ,median   2h )  "),
            Distribution(Lognormal{7200, 1}));
}

TEST(ParseDistribution, TurnsAMeanIntoTheLawsOwnParameter) {
  EXPECT_NEAR(mean(time("weibull(shape 0.8, mean 4 h)")), 4 * 3600, 1e-9);
  EXPECT_NEAR(mean(time("lognormal(mean 2 h, sigma 1)")), 2 * 3600, 1e-9);
}

TEST(ParseDistribution, ReadsTheMeanOfALogarithm) {
  const Distribution d = time("lognormal(mu 4.25 ln min, sigma 1.1)");
  EXPECT_NEAR(quantile(d, {0.5}), 60 * std::exp(4.25), 1e-9);
  EXPECT_EQ(plain("lognormal(mu 0, sigma 1.1)"),
            Distribution(Lognormal{1, 1.1}));
}

TEST(ParseDistribution, ReadsABound) {
  EXPECT_EQ(time("lognormal(median 206 min, sigma 1.718, at most 24 h)"),
            Distribution(Lognormal{206 * 60, 1.718}, 86400));
  EXPECT_EQ(time("uniform(0 min, 20 min, at most 10 min)"),
            Distribution(Uniform{0, 600}));
}

TEST(ParseDistribution, ReadsPlainNumbersAndPercentages) {
  EXPECT_EQ(plain("uniform(10 %, 60 %)"), Distribution(Uniform{0.1, 0.6}));
  EXPECT_EQ(plain("lognormal(median 100, sigma 1.8)"),
            Distribution(Lognormal{100, 1.8}));
  EXPECT_EQ(plain("3"), Distribution(Fixed{3}));
}

TEST(ToText, ReadsBackTheSame) {
  for (const LawInfo& law : laws()) {
    const Distribution t = time(law.example);
    EXPECT_EQ(time(to_text(t, Dimension::kTime)), t) << law.example;
    const Distribution p = plain(law.plain_example);
    EXPECT_EQ(plain(to_text(p, Dimension::kPlain)), p) << law.plain_example;
  }
  const std::vector<std::string> odd = {
      "weibull(shape 0.8, mean 4 h, at most 24 h)",
      "lognormal(mu 4.25 ln min, sigma 1.1)", "gamma(shape 0.7, mean 1 y)",
      "empirical(1 ms, 0 s, 3.14159265358979 d)"};
  for (const std::string& text : odd) {
    const Distribution d = time(text);
    EXPECT_EQ(time(to_text(d, Dimension::kTime)), d) << text;
  }
}

TEST(ToText, IsWhatAPersonWouldWrite) {
  const std::vector<std::string> texts = {
      "5 min",
      "exponential(mean 3 min)",
      "weibull(shape 0.663, scale 94.2 h)",
      "lognormal(median 206 min, sigma 1.718, at most 1 d)",
      "uniform(0 s, 20 min)",
      "empirical(3 min, 5 min, 8 min)"};
  for (const std::string& text : texts) {
    EXPECT_EQ(to_text(time(text), Dimension::kTime), text);
  }
}

struct BadText {
  const char* text;
  const char* error;
  size_t offset;
  size_t length;
};

constexpr const char* kWeibull =
    ": weibull takes shape and scale, or shape and mean, such as "
    "\"weibull(shape 0.663, scale 94.2 h)\"";

void expect_error(const BadText& bad, const std::string& error) {
  const auto d = parse_distribution(bad.text, Dimension::kTime);
  EXPECT_FALSE(d) << bad.text;
  EXPECT_EQ(d.error, error);
  EXPECT_EQ(d.offset, bad.offset) << bad.text;
  EXPECT_EQ(d.length, bad.length) << bad.text;
}

TEST(ParseDistribution, SaysHowTheLawIsWritten) {
  const std::vector<BadText> cases = {
      {"weibull 3 h", "the parentheses are missing", 0, 11},
      {"weibull(shape 1", "the closing parenthesis is missing", 0, 15},
      {"weibull(shape 1, mean 2 h) x", "something follows the parenthesis", 27,
       1},
      {"weibull(shape 1)", "\"scale\" is missing", 0, 16},
      {"weibull()", "\"shape\" is missing", 0, 9},
      {"weibull(scale 1 h, mean 1 h)", "these parameters do not go together", 0,
       28},
      {"weibull(shap 1, mean 2 h)",
       "there is no parameter \"shap\" (did you mean \"shape\"?)", 8, 4},
      {"weibull(shape 1, sigma 2)", "there is no parameter \"sigma\"", 17, 5},
      {"weibull(shape 1, shape 2)", "\"shape\" comes twice", 17, 5},
      {"weibull(shape 1,, mean 2 h)", "there is no parameter \"\"", 16, 0}};
  for (const BadText& bad : cases) {
    expect_error(bad, std::string(bad.error) + kWeibull);
  }
}

TEST(ParseDistribution, PointsAtTheWrongValue) {
  const std::vector<BadText> cases = {
      {"weibull(shape 0.663, scale 94.2)",
       "scale: expected a duration such as \"30 s\" or \"5 min\", found "
       "\"94.2\": the unit is missing",
       27, 4},
      {"weibull(shape -1, scale 2 h)",
       "shape: expected a number from 0.1 to 1000, found \"-1\"", 14, 2},
      {"lognormal(median 2 h, sigma 11)",
       "sigma: expected a number from 0 to 10, found \"11\"", 28, 2},
      {"lognormal(median 2 h, sigma nan)",
       "sigma: expected a number such as \"1.5\", found \"nan\": the number "
       "must be finite",
       28, 3},
      {"lognormal(mu 4.25, sigma 1)",
       "mu: expected a logarithm of a duration, such as \"4.25 ln min\", "
       "found \"4.25\"",
       13, 4},
      {"exponential(mean 0 s)", "mean: expected a value above 0, found \"0 s\"",
       17, 3},
      {"exponential(mean)",
       "mean: expected a duration such as \"30 s\" or \"5 min\", found \"\": "
       "it is empty",
       12, 4},
      {"-5 min", "expected a value of 0 or more, found \"-5 min\"", 0, 6},
      {"lognormal(mu 300 ln h, sigma 1)",
       "the values of this distribution are too large or too small to work "
       "with",
       0, 31},
      {"lognormal(median 2 h, sigma 1, at most 0 s)",
       "expected a value above 0, found \"0 s\"", 39, 3},
      {"lognormal(median 2 h, sigma 0.1, at most 1 s)",
       "this distribution is practically never below its bound", 33, 11}};
  for (const BadText& bad : cases) expect_error(bad, bad.error);
}

TEST(ParseDistribution, SaysWhatItExpectedInstead) {
  const std::string expected =
      "expected a duration such as \"5 min\" or a distribution such as "
      "\"lognormal(median 206 min, sigma 1.718)\", found ";
  expect_error({"lognormel(median 2 h)", "", 0, 9},
               expected + "\"lognormel\" (did you mean \"lognormal\"?)");
  expect_error({"soon", "", 0, 4},
               expected +
                   "\"soon\"; the distributions are fixed, exponential, "
                   "weibull, lognormal, gamma, loglogistic, uniform or "
                   "empirical");
  expect_error({"", "", 0, 0},
               expected +
                   "\"\"; the distributions are fixed, exponential, "
                   "weibull, lognormal, gamma, loglogistic, uniform or "
                   "empirical");
  expect_error({"30", "", 0, 2},
               "expected a duration such as \"30 s\" or \"5 min\", found "
               "\"30\": the unit is missing");
}

TEST(ParseDistribution, RefusesWrongPositions) {
  expect_error({"uniform(5 min, 2 min)", "", 0, 21},
               "the first must be below the second: uniform takes the lowest "
               "and the highest, such as \"uniform(0 min, 20 min)\"");
  expect_error({"uniform(5 min)", "", 0, 14},
               "a value is missing or too many: uniform takes the lowest "
               "and the highest, such as \"uniform(0 min, 20 min)\"");
  expect_error({"empirical()", "", 0, 11},
               "a value is missing or too many: empirical takes the values, "
               "such as \"empirical(3 min, 5 min, 8 min)\"");
}

TEST(Laws, StandInTheOrderOfTheVariant) {
  for (size_t i = 0; i < laws().size(); ++i) {
    const Distribution d = time(laws()[i].example);
    EXPECT_EQ(d.law().index(), i);
  }
  EXPECT_EQ(laws().size(), std::variant_size_v<Law>);
}

}  // namespace
}  // namespace outagesim
