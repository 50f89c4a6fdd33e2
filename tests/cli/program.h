// Runs the built program as a user would and catches what it says.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/source_tree.h"

namespace outagesim::testing {

namespace fs = std::filesystem;

struct Ran {
  int code = -1;  // exit code; 128 + the signal that killed it
  std::string out;
  std::string err;
};

inline std::string file_text(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// A new folder, gone at the end.
class Scratch {
 public:
  Scratch() {
    std::string name = fs::temp_directory_path() / "outagesim-cli-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// In a child process: `descriptor` writes to the file from now on.
inline void redirect(int descriptor, const fs::path& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0) ::_exit(126);
  ::dup2(file, descriptor);
}

// Starts any program, its path first, in the source folder; its output goes to
// two files. `prepare` is called in the child before.
template <class Prepare = void (*)()>
inline pid_t start_program(
    const std::vector<std::string>& words, const fs::path& out,
    const fs::path& err, Prepare prepare = [] {}) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  prepare();
  redirect(STDOUT_FILENO, out);
  redirect(STDERR_FILENO, err);
  std::vector<char*> argv;
  for (const std::string& word : words) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  if (::chdir(source_tree().c_str()) != 0) ::_exit(126);
  ::execv(argv.front(), argv.data());
  ::_exit(127);
}

template <class Prepare = void (*)()>
inline pid_t start(
    std::vector<std::string> words, const fs::path& out, const fs::path& err,
    Prepare prepare = [] {}) {
  words.insert(words.begin(), program_path());
  return start_program(words, out, err, prepare);
}

inline int wait_for(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

inline Ran run(const std::vector<std::string>& words) {
  const Scratch scratch;
  const fs::path out = scratch.path() / "stdout";
  const fs::path err = scratch.path() / "stderr";
  const int code = wait_for(start(words, out, err));
  return {code, file_text(out), file_text(err)};
}

}  // namespace outagesim::testing
