// The measured part of a page of the docs: what stands between two marks is
// replaced, the rest is left as it is.
#pragma once

#include <filesystem>
#include <string>

namespace outagesim::bench {

inline constexpr const char* kMeasuredFrom = "<!-- measured: from here -->\n";
inline constexpr const char* kMeasuredTo = "<!-- measured: to here -->\n";

// Throws std::runtime_error if the page lacks the marks or cannot be written.
void write_measured(const std::filesystem::path& page, const std::string& text);

}  // namespace outagesim::bench
