// Where the tests find the source tree and the program, and pages of the docs
// that are generated: OUTAGESIM_ACCEPT=1 renews them instead of comparing.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace outagesim {

std::filesystem::path source_tree();
std::filesystem::path program_path();

// A folder of this process alone, removed when it ends.
std::filesystem::path scratch_folder();

// The text of a file of the source tree; empty if it cannot be read.
std::string source_text(std::string_view path);

// Compares what stands in `page` from the first line of `generated` to its
// last with `generated`. With OUTAGESIM_ACCEPT set, writes it there.
void expect_in_page(std::string_view page, const std::string& generated);

}  // namespace outagesim
