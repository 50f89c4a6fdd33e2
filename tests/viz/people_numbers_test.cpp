#include "viz/people_numbers.h"

#include <gtest/gtest.h>

namespace outagesim {
namespace {

using enum NumberKind;

const NumberUnit kPlain{};

Estimate known(double value, double half) {
  return {.value = value, .low = value - half, .high = value + half, .n = 9};
}

TEST(PeopleNumbers, ShowNoMoreDigitsThanTheIntervalAllows) {
  EXPECT_EQ(number_text(known(12'345, 4), kDuration), "3.429 h");
  EXPECT_EQ(number_text(known(12'345, 400), kDuration), "3.4 h");
  EXPECT_EQ(number_text(known(12'345, 4000), kDuration), "3.4 h");
  EXPECT_EQ(number_text(known(12'345, 40'000), kDuration), "3.4 h");
}

TEST(PeopleNumbers, ShowWhatIsKnownExactlyWithoutZeros) {
  EXPECT_EQ(number_text(known(3, 0), kCount), "3");
  EXPECT_EQ(number_text(known(300, 0), kDuration), "5 min");
  EXPECT_EQ(number_text(known(1, 0), kShare), "100 %");
  EXPECT_EQ(with_error(known(15'000, 0), kCount), "15 k");
}

TEST(PeopleNumbers, ChooseAUnitThatSuits) {
  EXPECT_EQ(number_text(0.02, kDuration, 2), "20 ms");
  EXPECT_EQ(number_text(45, kDuration, 2), "45 s");
  EXPECT_EQ(number_text(300, kDuration, 2), "5.0 min");
  EXPECT_EQ(number_text(48 * 3600, kDuration, 2), "2.0 d");
  EXPECT_EQ(number_text(0, kDuration, 2), "0 s");
  EXPECT_EQ(number_text(0.7125, kShare, 3), "71.2 %");
  EXPECT_EQ(number_text(1, kShare, 4), "100.0 %");
  EXPECT_EQ(number_text(1.234e6, kCount, 2), "1.2 M");
  EXPECT_EQ(number_text(950, kCount, 2), "950");
}

TEST(PeopleNumbers, PutTheErrorInTheUnitOfTheValue) {
  EXPECT_EQ(with_error(known(12'345, 400), kDuration), "3.4 ± 0.1 h");
  EXPECT_EQ(with_error(known(0.9966, 0.0002), kShare), "99.66 ± 0.02 %");
  EXPECT_EQ(with_error(known(1.2e6, 3e4), kCount), "1.20 ± 0.03 M");
}

TEST(PeopleNumbers, GiveTheIntervalWhereItsHalfWouldReachPastZero) {
  EXPECT_EQ(with_error({.value = 50, .low = 10, .high = 140, .n = 2}, kCount),
            "50 (10 … 140)");
  EXPECT_EQ(with_error({.value = 50, .low = -40, .high = 140, .n = 2}, kCount),
            "50 ± 90");  // a difference may be negative
  EXPECT_EQ(with_error({.value = 50, .low = 10, .high = 90, .n = 2}, kCount),
            "50 ± 40");
}

TEST(PeopleNumbers, LeaveOutAnErrorThatIsTooSmallToShow) {
  EXPECT_EQ(with_error(known(2e6, 10), kCount), "2.000 M");
}

TEST(PeopleNumbers, SayWhatIsNotKnown) {
  EXPECT_EQ(number_text(Estimate{}, kDuration), "n/a");
  EXPECT_EQ(with_error(Estimate{}, kShare), "n/a");
  EXPECT_EQ(range_text(Estimate{}, known(1, 1), kPlain, 5), "n/a");
}

TEST(PeopleNumbers, GiveARangeInOneUnit) {
  const NumberUnit hours = common_unit(kDuration, {5 * 3600.0});
  EXPECT_EQ(range_text(known(720, 36), known(68'400, 3600), hours, 1e9),
            "0.20 … 19 h");
  EXPECT_EQ(range_text(known(720, 36), Estimate{}, hours, 172'800),
            "0.20 … ≥ 48 h");
  const NumberUnit percent = common_unit(kShare, {0.5});
  EXPECT_EQ(range_text(known(0.2, 0.01), known(0.9, 0.01), percent, 1),
            "20 … 90 %");
}

TEST(PeopleNumbers, TakeTheUnitThatSuitsTheFirstNumberKnown) {
  EXPECT_EQ(common_unit(kDuration, {kUndefined, 0, 300, 86'400}).name, " min");
  EXPECT_EQ(common_unit(kDuration, {0}).name, " s");
  EXPECT_EQ(common_unit(kCount, {}).name, "");
  const NumberUnit minutes = common_unit(kDuration, {300});
  EXPECT_EQ(number_text(known(45, 6), minutes), "0.75 min");
  EXPECT_EQ(number_text(45, minutes, 2), "0.75 min");
  EXPECT_EQ(with_error(known(7200, 600), minutes), "120 ± 10 min");
  EXPECT_EQ(exact_text(172'800, minutes), "2880 min");
}

TEST(PeopleNumbers, KeepARangeInOrder) {
  EXPECT_EQ(range_text(known(289, 20), known(289, 0.1), kPlain, 1e9),
            "290 … 290");
}

TEST(PeopleNumbers, RoundNoEndPastTheMiddle) {
  const NumberUnit percent = common_unit(kShare, {0.5});
  const Estimate wide{.value = 0.9505, .low = 0.2, .high = 1, .n = 50};
  EXPECT_EQ(range_text(wide, wide, percent, 1, known(0.9505, 0)),
            "95.05 … 95.05 %");
  const NumberUnit thousands{1e3, " k"};
  EXPECT_EQ(range_text(known(556'300, 5e5), known(556'300, 5e5), thousands, 1,
                       known(556'300, 0)),
            "556.3 … 556.3 k");
  EXPECT_EQ(range_text(known(823, 500), known(1230, 1000), kPlain, 1,
                       known(1230, 10)),
            "820 … 1230");
}

TEST(PeopleNumbers, TellTwoDigitsHoweverLittleIsKnown) {
  EXPECT_EQ(number_text(known(0.978, 0.5), kShare), "98 %");
  EXPECT_EQ(number_text(known(0.9966, 0.5), kShare), "99.7 %");
  EXPECT_EQ(number_text(Estimate{.value = 0.978}, kShare), "98 %");
}

TEST(PeopleNumbers, TellAShareNextToAllByWhatItLacks) {
  EXPECT_EQ(number_text(1 - 4.6e-13, kShare, 6), "1 - 4.6e-13");
  EXPECT_EQ(exact_text(1 - 1e-9, kShare), "1 - 1e-09");
  EXPECT_EQ(number_text(known(1 - 2e-7, 1e-9), kShare), "1 - 2e-07");
  EXPECT_EQ(exact_text(0.9999, kShare), "99.99 %");
  EXPECT_EQ(exact_text(1, kShare), "100 %");
  EXPECT_EQ(number_text(1.0, kShare, 6), "100.000 %");
}

TEST(PeopleNumbers, KnowTheirKindByTheUnit) {
  EXPECT_EQ(kind_of_unit("s"), kDuration);
  EXPECT_EQ(kind_of_unit("1"), kShare);
  EXPECT_EQ(kind_of_unit("users"), kCount);
}

}  // namespace
}  // namespace outagesim
