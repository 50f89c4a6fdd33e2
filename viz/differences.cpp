#include "viz/differences.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/base/text.h"

namespace outagesim {
namespace {

std::string_view word(Change change) {
  if (change == Change::kAdded) return "added";
  return change == Change::kRemoved ? "removed" : "changed";
}

std::string line_of(const Difference& one, std::size_t width,
                    const TextStyle& style) {
  const std::string path = pad_right(one.path, width);
  switch (one.change) {
    case Change::kAdded:
      return style.good("  + " + path) + "  " + printable(one.after);
    case Change::kRemoved:
      return style.bad("  - " + path) + "  " + printable(one.before);
    case Change::kChanged:
      break;
  }
  return "  ~ " + path + "  " + printable(one.before) + " → " +
         printable(one.after);
}

}  // namespace

std::vector<Difference> differences(std::span<const KeyText> before,
                                    std::span<const KeyText> after) {
  std::vector<Difference> all;
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() || b != after.end()) {
    const bool only_a =
        b == after.end() || (a != before.end() && a->path < b->path);
    const bool only_b =
        a == before.end() || (b != after.end() && b->path < a->path);
    if (only_a) {
      all.push_back({Change::kRemoved, a->path, a->text, {}});
    } else if (only_b) {
      all.push_back({Change::kAdded, b->path, {}, b->text});
    } else if (a->text != b->text) {
      all.push_back({Change::kChanged, a->path, a->text, b->text});
    }
    if (!only_b) ++a;
    if (!only_a) ++b;
  }
  return all;
}

std::string to_text(std::span<const Difference> all, const TextStyle& style) {
  std::size_t width = 0;
  for (const Difference& one : all) {
    width = std::max(width, display_width(one.path));
  }
  std::string text;
  for (const Difference& one : all) text += line_of(one, width, style) + '\n';
  return text;
}

std::string to_json(std::span<const Difference> all) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const Difference& one : all) {
    json.push_back({{"change", word(one.change)},
                    {"path", one.path},
                    {"before", one.before},
                    {"after", one.after}});
  }
  return json.dump(2, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace) +
         '\n';
}

}  // namespace outagesim
