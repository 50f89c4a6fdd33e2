// One file that is always whole: the old content or the new, never a mixture,
// whatever ends the program or the machine, and when.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace outagesim {

// Writes beside the place, makes sure that every byte is on the disk, and only
// then takes the place of what was there. Throws SurroundingsError; what was
// there is then untouched.
void write_whole_file(const std::filesystem::path& path,
                      std::string_view bytes);

// Whether a file of this size that begins so is worth reading to its end.
using WorthReading =
    std::function<bool(std::string_view begin, std::uint64_t size)>;

// Nothing if there is no such file; no more than its beginning if it is not
// worth more. Throws UsageError where it is no file but a device or a pipe, for
// these may never end, and SurroundingsError where it cannot be read.
std::optional<std::string> read_whole_file(const std::filesystem::path& path,
                                           const WorthReading& worth);

}  // namespace outagesim
