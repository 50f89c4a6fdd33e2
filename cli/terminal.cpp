#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <iostream>
#include <string>

#include "models/base/text.h"
#include "viz/plain_text.h"

namespace outagesim {
namespace {

// Empty if it is not set.
std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view(value);
}

// The first that is set decides, as POSIX has it.
bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view locale = environment(name);
    if (locale.empty()) continue;
    for (const char* spelling : {"UTF-8", "utf-8", "UTF8", "utf8"}) {
      if (locale.find(spelling) != std::string_view::npos) return true;
    }
    return false;
  }
  return false;
}

std::size_t terminal_width(int file) {
  const std::string_view text = environment("COLUMNS");
  std::size_t columns = 0;
  std::from_chars(text.data(), text.data() + text.size(), columns);
  if (columns > 0) return columns;
  winsize size{};
  return ::ioctl(file, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// mpirun gives its ranks a terminal of their own, wherever its output goes.
bool writes_to_a_person() {
  return environment("OMPI_COMM_WORLD_SIZE").empty() &&
         ::isatty(STDOUT_FILENO) == 1;
}

}  // namespace

TextStyle output_style() {
  if (!writes_to_a_person()) return {};
  const std::string_view kind = environment("TERM");
  const bool able = !kind.empty() && kind != "dumb";
  return {.colour = able && environment("NO_COLOR").empty(),
          .ascii = !speaks_utf8(),
          .width = terminal_width(STDOUT_FILENO)};
}

bool speaks_to_a_person() { return ::isatty(STDERR_FILENO) == 1; }

std::string on_one_line(std::string_view line) {
  const std::string shown = speaks_utf8() ? std::string(line) : in_ascii(line);
  const std::size_t width = terminal_width(STDERR_FILENO);
  const bool fits = width == 0 || display_width(shown) < width;
  return fits ? shown : broken(shown, width - 1).front();
}

void print(std::string_view report) {
  std::cout << printed(report, output_style());
}

}  // namespace outagesim
