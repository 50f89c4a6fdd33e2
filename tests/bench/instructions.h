// Instructions of one replication, counted by Valgrind: the same on a busy
// machine as on a quiet one, so a slow-down of a few percent is seen. What was
// accepted is kept in a file, by build, since other compilers make other code.
#pragma once

#include <filesystem>
#include <string>

#include "tests/bench/questions.h"

namespace outagesim::bench {

struct InstructionOptions {
  std::string build;           // compiler and flags
  std::filesystem::path kept;  // the file of accepted counts
  bool accept = false;         // keep what is counted
};

// Prints the counts beside those accepted. False if one has grown by more than
// 3 %. With no counts of this build it only tells.
bool check_instructions(const Bench& bench, const InstructionOptions& options);

}  // namespace outagesim::bench
