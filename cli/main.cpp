// The roof: the only place that catches. What was wrong, and whose doing it
// was, becomes an exit code here.
#include <boost/program_options/errors.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include "cli/commands.h"
#include "cli/ranks.h"
#include "models/base/error.h"

namespace {

using namespace outagesim;

// "outagesim run", or "outagesim" where no command was understood.
std::string speaker(const std::vector<std::string>& words) {
  const bool known = !words.empty() && find_command(words[0]) != nullptr;
  return known ? "outagesim " + words[0] : "outagesim";
}

int complain(const std::vector<std::string>& words, const std::string& what,
             ExitCode code) {
  std::cout.flush();
  let_rank_0_speak_first();
  std::cerr << speaker(words) << ": error: " << what << '\n';
  if (code == kWrongInput) {
    std::cerr << "Try \"" << speaker(words) << " --help\".\n";
  }
  return code;
}

// What was printed must have arrived.
int flushed(int code) {
  if (!std::cout.flush()) {
    throw SurroundingsError("cannot write to the standard output");
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  silence_other_ranks();
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on files is a write that fails
  try {
    return flushed(run_command_line(words));
  } catch (const InputError& error) {
    std::cout.flush();
    let_rank_0_speak_first();
    std::cerr << error.what();
    return kWrongInput;
  } catch (const UsageError& error) {
    return complain(words, error.what(), kWrongInput);
  } catch (const boost::program_options::error& error) {
    return complain(words, error.what(), kWrongInput);
  } catch (const SurroundingsError& error) {
    return complain(words, error.what(), kSurroundings);
  } catch (const std::filesystem::filesystem_error& error) {
    return complain(words, error.what(), kSurroundings);
  } catch (const std::system_error& error) {
    return complain(words,
                    std::string("the system grants no more threads: ") +
                        error.code().message() +
                        "; ask for fewer with --threads, or raise the limits "
                        "(ulimit -u, ulimit -v)",
                    kSurroundings);
  } catch (const std::bad_alloc&) {
    return complain(words, "there is not enough memory", kSurroundings);
  } catch (const std::exception& error) {
    return complain(
        words, std::string("a bug of ours, please report it: ") + error.what(),
        kBug);
  }
}
