// Estimators that stand for each other as long as they are told the same.
#include <gtest/gtest.h>

#include "sim/core/byte_archive.h"
#include "sim/experiment/summary.h"
#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

using testing::quiet_replication;
using testing::small_model;

// A total outage of chat, and maybe one of video that recovers in steps.
Replication outages_of(const Model& model, bool of_video, double length) {
  Replication replication = quiet_replication(model);
  OutageRecord chat;
  chat.onset = 100;
  chat.end = chat.full = chat.substantial = 100 + length;
  chat.was_substantial = true;
  replication.outages.push_back(chat);
  if (of_video) {
    OutageRecord video = chat;
    video.product = 1;
    video.onset = 150;
    video.substantial = 160;
    video.full = 300 + 2 * length;
    video.full_censored = true;
    replication.outages.push_back(video);
  }
  return replication;
}

TEST(Twins, TellWhatEachAloneWould) {
  const Model model = small_model();
  const auto first = outages_of(model, false, 300);
  const auto second = outages_of(model, true, 40);
  const auto third = outages_of(model, false, 77);
  Summary together(model);
  for (const auto* one : {&first, &second, &third}) together.add(*one);
  // Each estimator alone: parted before anything is added.
  Summary apart(model);
  for (const auto* one : {&second, &third, &first}) {
    Summary next(model);
    next.merge(Summary(model));
    next.add(*one);
    apart.merge(next);
  }
  EXPECT_EQ(bytes_of(together), bytes_of(apart));
}

}  // namespace
}  // namespace outagesim
