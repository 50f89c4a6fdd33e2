// Programs and processes as the tests of real jobs look at them.
#pragma once

#include <chrono>
#include <optional>
#include <sstream>
#include <thread>

#include "tests/cli/program.h"

namespace outagesim::testing {

// Where a program is; on Debian a user's PATH lacks the daemons' folder.
inline std::optional<std::string> find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(std::string(path == nullptr ? "" : path) +
                             ":/usr/sbin:/sbin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string file = folder + "/" + name;
    if (::access(file.c_str(), X_OK) == 0) return file;
  }
  return std::nullopt;
}

// The processes that a thread of this one has as children.
inline std::vector<pid_t> children_of(pid_t parent) {
  const std::string id = std::to_string(parent);
  std::ifstream file("/proc/" + id + "/task/" + id + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; file >> child;) children.push_back(child);
  return children;
}

// Tries every twentieth of a second; false when it never became true.
template <class Question>
bool becomes_true(const Question& question, std::chrono::seconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < end) {
    if (question()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return question();
}

}  // namespace outagesim::testing
