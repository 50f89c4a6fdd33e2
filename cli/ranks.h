// The ranks of a job that mpirun started. MPI is a module that is loaded only
// then; an ordinary run never touches it.
#pragma once

#include <string>
#include <string_view>

#include "sim/experiment/rank_link.h"

namespace outagesim {

// What mpirun says in the environment. Rank 0 of 1 in an ordinary run.
struct JobPlace {
  unsigned rank = 0;
  unsigned size = 1;
  unsigned local_size = 1;  // ranks on this machine
};
JobPlace job_place();

// Rank 0 speaks for all. Another rank's standard output goes nowhere; before it
// complains it leaves time for rank 0 to complain of the same.
void silence_other_ranks();
void let_rank_0_speak_first();

class Ranks {
 public:
  // Starts MPI if there is more than one rank. Throws SurroundingsError if
  // this build has none. `identity` must be the same in all ranks, or rank 0
  // throws UsageError.
  explicit Ranks(std::string_view identity);
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  bool leads() const { return link_.rank == 0; }
  unsigned size() const { return link_.size; }
  const RankLink* link() const { return link_.size > 1 ? &link_ : nullptr; }
  // What to say when the work was not finished; nothing in an ordinary run.
  std::string ended_line() const;
  // To be called by all: waits for the others when all went well. Of a job that
  // is being ended the other ranks stay, for mpirun kills what is left as soon
  // as one has gone, and rank 0 has a checkpoint to write.
  void end(bool partial);

 private:
  void agree(std::string_view identity);

  RankLink link_;
  void (*end_)() = nullptr;
};

// Ends the ranks' common work, and says what there is to say where it was not
// finished, with where it is kept. True if this process tells the answer.
bool ends_told(Ranks& ranks, bool partial, std::string_view kept = {});

}  // namespace outagesim
