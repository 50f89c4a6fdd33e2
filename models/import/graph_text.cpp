#include "models/import/graph_text.h"

#include <algorithm>
#include <array>

#include "models/base/error.h"
#include "models/base/text.h"
#include "models/scenario/text_file.h"

namespace outagesim {
namespace {

std::shared_ptr<const SourceFile> file_at(const std::string& path) {
  Parsed<std::string> text = read_text_file(path);
  if (!text) {
    Mistake mistake;
    mistake.message = printable(path + ": " + text.error);
    throw InputError(mistake);
  }
  return make_source_file(path, *std::move(text.value));
}

// Columns are code points: all bytes but those that go on with one.
std::uint32_t column_of(std::string_view line) {
  const auto points = std::ranges::count_if(
      line, [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; });
  return static_cast<std::uint32_t>(points) + 1;
}

constexpr std::size_t kLongestGroup = 200;  // bytes: each need gets a copy

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 10 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

SourcePosition place_in(const std::shared_ptr<const SourceFile>& file,
                        std::size_t at) {
  const auto& starts = file->line_starts;
  const auto line = std::ranges::upper_bound(starts, at) - starts.begin();
  const std::size_t start = starts[static_cast<std::size_t>(line - 1)];
  return {file, static_cast<std::uint32_t>(line),
          column_of(std::string_view(file->text).substr(start, at - start))};
}

GraphText::GraphText(const std::string& path) : file_(file_at(path)) {}

char GraphText::next(std::size_t ahead) const {
  const std::size_t at = at_ + ahead;
  return at < file_->text.size() ? file_->text[at] : '\0';
}

std::string_view GraphText::rest() const {
  return std::string_view(file_->text)
      .substr(std::min(at_, file_->text.size()));
}

void GraphText::advance(std::size_t bytes) {
  at_ = std::min(at_ + bytes, file_->text.size());
}

bool GraphText::skip(std::string_view mark) {
  if (!starts(mark)) return false;
  advance(mark.size());
  return true;
}

void GraphText::skip_line() {
  const std::size_t end = rest().find('\n');
  advance(end == std::string_view::npos ? rest().size() : end + 1);
}

std::string_view GraphText::until(std::string_view mark,
                                  const std::string& what) {
  const std::string_view here = rest();
  const std::size_t end = here.find(mark);
  if (end == std::string_view::npos) {
    refuse("expected " + std::string(mark) + " to end " + what);
  }
  advance(end + mark.size());
  return here.substr(0, end);
}

void GraphText::refuse(const std::string& what, std::size_t at,
                       const std::string& hint) const {
  Mistake mistake;
  mistake.at = place_in(file_, at);
  mistake.message = printable(what);
  mistake.hint = hint;
  throw InputError(mistake);
}

std::size_t Drawing::node(const std::string& name) {
  const auto [found, fresh] = index_.try_emplace(name, system_.services.size());
  if (fresh) system_.services.push_back({name, {}, {}, {}});
  return found->second;
}

bool Drawing::connect(const std::vector<std::size_t>& owners,
                      const std::vector<std::size_t>& targets,
                      std::string_view text) {
  needs_ += owners.size() * targets.size();
  if (needs_ > kMostDrawnNeeds) return false;
  for (const std::size_t owner : owners) {
    for (const std::size_t target : targets) {
      service(owner).needs.push_back(need_of_text(service(target).name, text));
    }
  }
  return true;
}

DrawnNeed need_of_text(std::string target, std::string_view text) {
  static constexpr std::array kKinds{"hard",      "soft",     "async",
                                     "cached",    "any",      "quorum",
                                     "to_repair", "to_start", "to_observe"};
  const std::size_t of = text.find(" of ");
  const std::string_view first = text.substr(0, of);
  std::string group;
  if (of != std::string_view::npos && text.size() - of < kLongestGroup) {
    group = text.substr(of + 4);
  }
  if (!group.empty() && is_number(first)) {
    return {std::move(target), "quorum", group, std::string(first)};
  }
  const bool known = std::ranges::find(kKinds, first) != kKinds.end();
  return {std::move(target),
          known ? std::string(first) : "hard",
          known ? group : "",
          {}};
}

}  // namespace outagesim
