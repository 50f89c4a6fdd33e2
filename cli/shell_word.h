// Words as a shell takes them, for commands that are told to be run again.
#pragma once

#include <string>

namespace outagesim {

std::string shell_word(const std::string& word);

}  // namespace outagesim
