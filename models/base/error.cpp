#include "models/base/error.h"

#include <algorithm>
#include <tuple>

#include "models/base/excerpt.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr size_t kMostPrinted = 100;
constexpr size_t kMostKept = 10'000;
constexpr size_t kLongestMessage = 1000;  // columns

auto place_of(const Mistake& mistake) {
  const SourcePosition& at = mistake.at;
  return std::make_tuple(at.file ? std::string_view(at.file->path) : "",
                         at.line, at.column);
}

std::vector<const Mistake*> in_order(std::span<const Mistake> mistakes) {
  std::vector<const Mistake*> sorted;
  sorted.reserve(mistakes.size());
  for (const Mistake& mistake : mistakes) sorted.push_back(&mistake);
  std::ranges::stable_sort(sorted, [](const Mistake* a, const Mistake* b) {
    return place_of(*a) < place_of(*b);
  });
  return sorted;
}

std::string format_one(const Mistake& mistake) {
  const std::string place = to_text(mistake.at);
  std::string text = place.empty() ? "" : place + ": ";
  text += "error: " + truncate(mistake.message, kLongestMessage) + '\n';
  if (mistake.at.file && mistake.at.line > 0) {
    return text + format_excerpt(mistake.at, mistake.width, mistake.hint);
  }
  if (!mistake.hint.empty()) text += "  " + printable(mistake.hint) + '\n';
  return text;
}

}  // namespace

size_t columns_until(const SourcePosition& at, uint32_t end_column) {
  if (!at.file || end_column <= at.column) return 1;
  const std::string_view line = line_text(*at.file, at.line);
  const size_t begin = byte_offset(line, at.column);
  const std::string_view rest = line.substr(begin);
  const size_t length = byte_offset(rest, end_column - at.column + 1);
  return std::max<size_t>(1, display_width(rest.substr(0, length)));
}

std::string format_mistakes(std::span<const Mistake> mistakes,
                            size_t unlisted) {
  const std::vector<const Mistake*> sorted = in_order(mistakes);
  const size_t printed = std::min(sorted.size(), kMostPrinted);
  std::string text;
  for (size_t i = 0; i < printed; ++i) text += format_one(*sorted[i]);
  const size_t more = sorted.size() - printed + unlisted;
  if (more > 0) text += "and " + std::to_string(more) + " more\n";
  return text;
}

InputError::InputError(Mistake mistake)
    : InputError(std::vector<Mistake>{std::move(mistake)}) {}

InputError::InputError(std::vector<Mistake> mistakes, size_t unlisted)
    : mistakes_(std::move(mistakes)),
      text_(format_mistakes(mistakes_, unlisted)) {}

void Mistakes::add(Mistake mistake) {
  if (kept_.size() < kMostKept) {
    kept_.push_back(std::move(mistake));
  } else {
    ++unlisted_;
  }
}

void Mistakes::throw_if_any() const {
  if (!empty()) throw InputError(kept_, unlisted_);
}

}  // namespace outagesim
