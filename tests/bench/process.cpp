#include "tests/bench/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace outagesim::bench {
namespace {

using WallClock = std::chrono::steady_clock;

// A file without a name, for what a program says.
class Output {
 public:
  Output() : file_(std::tmpfile()) {
    if (file_ == nullptr) throw std::runtime_error("cannot make a file");
  }
  ~Output() { std::fclose(file_); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  int descriptor() const { return ::fileno(file_); }
  std::string text() const {
    std::string text;
    std::rewind(file_);
    char part[4096];
    while (const auto n = std::fread(part, 1, sizeof part, file_)) {
      text.append(part, n);
    }
    return text;
  }

 private:
  std::FILE* file_;
};

struct Started {
  pid_t id = 0;
  Output out, err;
};

void start(const Command& command, Started& started) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                   O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, started.out.descriptor(),
                                   STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, started.err.descriptor(),
                                   STDERR_FILENO);
  std::vector<char*> words;
  for (const auto& word : command) {
    words.push_back(const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);
  const int error = ::posix_spawnp(&started.id, words[0], &actions, nullptr,
                                   words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot run " + command[0]);
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) * 1e-6;
}

// Waits for it and adds what it took.
void finish(const Command& command, const Started& started, Spent& spent) {
  int status = 0;
  rusage usage{};
  ::wait4(started.id, &status, 0, &usage);
  spent.processor += {seconds(usage.ru_utime) + seconds(usage.ru_stime)};
  spent.peak_bytes =
      std::max(spent.peak_bytes, 1024 * static_cast<double>(usage.ru_maxrss));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  throw std::runtime_error(shown(command) + "\n" + started.err.text() +
                           started.out.text());
}

}  // namespace

Done run_command(const Command& command) { return run_together({command}); }

Done run_together(const std::vector<Command>& commands) {
  std::vector<Started> started(commands.size());
  const auto begun = WallClock::now();
  for (std::size_t i = 0; i < commands.size(); ++i) {
    start(commands[i], started[i]);
  }
  Done done;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    finish(commands[i], started[i], done.spent);
  }
  done.spent.wall = {
      std::chrono::duration<double>(WallClock::now() - begun).count()};
  done.output = started[0].out.text();
  return done;
}

std::string shown(const Command& command) {
  const std::string root = OUTAGESIM_SOURCE_DIR "/";
  std::string text;
  for (std::string word : command) {
    if (word.starts_with(root)) word.erase(0, root.size());
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

}  // namespace outagesim::bench
