// Where something was written: a file kept in memory, and a place in it.
// Every value the loader reads can carry its place, so a mistake found much
// later still points at its line. Text given by `--set` is a file of that name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

struct SourceFile {
  std::string path;                 // as the person typed or wrote it
  std::string text;                 // without a byte order mark
  std::vector<size_t> line_starts;  // byte offset of each line's first byte
};

// Drops a leading byte order mark and finds the lines. O(text).
std::shared_ptr<const SourceFile> make_source_file(std::string path,
                                                   std::string text);

// The text of a line without its line end; empty past the end. Lines count
// from 1 and end at '\n', as toml++ counts them.
std::string_view line_text(const SourceFile& file, uint32_t line);

// A place: line and column count from 1; columns are code points. No file
// means "nowhere"; line 0 means the file as a whole.
struct SourcePosition {
  std::shared_ptr<const SourceFile> file;
  uint32_t line = 0;
  uint32_t column = 0;
};

// "scenarios/checkout.toml:41:8", or the path alone, or "".
std::string to_text(const SourcePosition& at);

}  // namespace outagesim
