// One file that is always whole: the old content or the new, never a mixture,
// whatever ends the program or the machine, and when.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace outagesim {

// Writes beside the place, makes sure that every byte is on the disk, and only
// then takes the place of what was there. Throws SurroundingsError; what was
// there is then untouched.
void write_whole_file(const std::filesystem::path& path,
                      std::string_view bytes);

// Nothing if there is no such file. What does not begin as it should is read no
// further than shows it: a device may never end. Throws SurroundingsError where
// it cannot be read.
std::optional<std::string> read_whole_file(const std::filesystem::path& path,
                                           std::string_view begins = {});

}  // namespace outagesim
