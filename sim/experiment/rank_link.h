// How the processes of one job write to each other. Rank 0 hands out work and
// has the result; the others compute. Nothing here knows what carries the
// letters: MPI under mpirun, a queue in the tests.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace outagesim {

struct RankLetter {
  unsigned from = 0;
  std::string text;
};

struct RankLink {
  unsigned rank = 0;
  unsigned size = 1;
  std::function<void(unsigned to, std::string_view text)> send;
  // The next letter that has arrived, if there is one. Never waits.
  std::function<std::optional<RankLetter>()> receive;
};

}  // namespace outagesim
