#include "cli/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace outagesim {

TextStyle output_style() {
  const char* refused = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool able = terminal != nullptr && std::string_view(terminal) != "dumb";
  return {.colour = able && (refused == nullptr || *refused == '\0') &&
                    ::isatty(STDOUT_FILENO) == 1};
}

}  // namespace outagesim
