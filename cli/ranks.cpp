#include "cli/ranks.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

#include "models/base/error.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestLetter = 2'000'000'000;

unsigned number_in(const char* variable, unsigned otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr
             ? otherwise
             : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

// Beside the program in a build, under lib where it is installed.
void* open_module() {
  std::error_code unknown;
  const fs::path folder =
      fs::read_symlink("/proc/self/exe", unknown).parent_path();
  for (const char* place :
       {"outagesim_mpi.so", "../lib/outagesim/outagesim_mpi.so"}) {
    const fs::path path = folder / place;
    if (!fs::exists(path, unknown)) continue;
    // Global: MPI's own plug-ins look for its names.
    if (void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL)) {
      return module;
    }
    throw SurroundingsError("cannot load " + path.string() + ": " +
                            ::dlerror());
  }
  throw SurroundingsError(
      "mpirun started this as one of several ranks, but it was built without "
      "MPI (there is no outagesim_mpi.so beside it); install libopenmpi-dev "
      "and build with OUTAGESIM_MPI=ON, or divide the run with --shard");
}

template <class Function>
void find(void* module, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(::dlsym(module, name));
  if (function == nullptr) {
    throw SurroundingsError(std::string("outagesim_mpi.so lacks ") + name +
                            ": it is of another build");
  }
}

RankLetter wait_for_letter(const RankLink& link) {
  while (true) {
    if (auto letter = link.receive()) return std::move(*letter);
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
}

}  // namespace

JobPlace job_place() {
  JobPlace place;
  place.rank = number_in("OMPI_COMM_WORLD_RANK", 0);
  place.size = std::max(1U, number_in("OMPI_COMM_WORLD_SIZE", 1));
  place.local_size = std::max(1U, number_in("OMPI_COMM_WORLD_LOCAL_SIZE", 1));
  return place;
}

void silence_other_ranks() {
  if (job_place().rank == 0) return;
  const int nowhere = ::open("/dev/null", O_WRONLY);
  if (nowhere < 0) return;
  ::dup2(nowhere, STDOUT_FILENO);
  ::close(nowhere);
}

void let_rank_0_speak_first() {
  if (job_place().rank == 0) return;
  std::this_thread::sleep_for(std::chrono::seconds(5));
}

Ranks::Ranks(std::string_view identity) {
  if (job_place().size < 2) return;
  void* module = open_module();
  void (*start)(unsigned*, unsigned*) = nullptr;
  void (*send)(unsigned, const char*, std::size_t) = nullptr;
  long (*arrived)(unsigned*) = nullptr;
  void (*receive)(unsigned, char*, std::size_t) = nullptr;
  find(module, "outagesim_mpi_start", start);
  find(module, "outagesim_mpi_send", send);
  find(module, "outagesim_mpi_arrived", arrived);
  find(module, "outagesim_mpi_receive", receive);
  find(module, "outagesim_mpi_end", end_);
  link_.send = [send](unsigned to, std::string_view text) {
    if (text.size() > kLongestLetter) {
      throw SurroundingsError(
          "the notes of a rank are larger than a letter of MPI can be (2 GB); "
          "leave --each out, or divide the run with --shard");
    }
    send(to, text.data(), text.size());
  };
  link_.receive = [arrived, receive]() -> std::optional<RankLetter> {
    RankLetter letter;
    const long size = arrived(&letter.from);
    if (size < 0) return std::nullopt;
    letter.text.resize(static_cast<std::size_t>(size));
    receive(letter.from, letter.text.data(), letter.text.size());
    return letter;
  };
  start(&link_.rank, &link_.size);
  agree(identity);
}

void Ranks::agree(std::string_view identity) {
  if (!leads()) {
    link_.send(0, identity);
    wait_for_letter(link_);
    return;
  }
  for (unsigned i = 1; i < link_.size; ++i) {
    const RankLetter letter = wait_for_letter(link_);
    if (letter.text == identity) continue;
    throw UsageError("rank " + std::to_string(letter.from) +
                     " has another scenario, other options or another version "
                     "of outagesim than rank 0; all need the same files");
  }
  for (unsigned i = 1; i < link_.size; ++i) link_.send(i, "agreed");
}

std::string Ranks::ended_line() const {
  if (link_.size < 2) return "";
  return "outagesim: the job was told to end, or a rank has died; mpirun says "
         "which\n";
}

void Ranks::end(bool partial) {
  if (end_ == nullptr) return;
  if (!partial) return end_();
  if (!leads()) std::this_thread::sleep_for(std::chrono::seconds(5));
}

bool ends_told(Ranks& ranks, bool partial, std::string_view kept) {
  if (partial && ranks.leads()) std::cerr << ranks.ended_line() << kept;
  ranks.end(partial);
  return ranks.leads();
}

}  // namespace outagesim
