#include "models/scenario/load_system.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "models/base/error.h"
#include "models/scenario/document.h"
#include "models/scenario/read_scenario.h"
#include "models/scenario/validate.h"

namespace outagesim {
namespace {

constexpr std::string_view kIsNamed = " is named \"";

// `no profile is named "us-business"`.
bool is_unknown_name(const Mistake& mistake) {
  return mistake.message.starts_with("no ") &&
         mistake.message.find(kIsNamed) != std::string::npos;
}

// The part between the first quotation mark and the next.
std::string_view quoted(std::string_view text) {
  text.remove_prefix(std::min(text.find('"') + 1, text.size()));
  return text.substr(0, text.find('"'));
}

// What is left of "db-2" is that of "db".
std::string without_number(std::string_view name) {
  std::string letters(name);
  std::erase_if(letters, [](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
  return letters;
}

// A name of three letters is close to too many; "db-2" is no slip of "db-1".
constexpr std::size_t kTellingLength = 4;

bool is_slip(const Mistake& unknown) {
  const std::string_view name = quoted(unknown.message);
  return !unknown.hint.empty() && name.size() >= kTellingLength &&
         without_number(name) != without_number(quoted(unknown.hint));
}

Mistake slip(Mistake unknown) {
  unknown.hint +=
      " (if another file has it, validate the scenario that names both)";
  return unknown;
}

// `profile "us-business"`.
std::string told(const Mistake& unknown) {
  std::string text = unknown.message.substr(std::string_view("no ").size());
  return text.replace(text.find(kIsNamed), kIsNamed.size(), " \"");
}

std::vector<std::string> sort_out(const Mistakes& found) {
  Mistakes own;
  std::vector<std::string> elsewhere;
  for (const Mistake& mistake : found.kept()) {
    if (!is_unknown_name(mistake)) {
      own.add(mistake);
    } else if (is_slip(mistake)) {
      own.add(slip(mistake));
    } else {
      elsewhere.push_back(told(mistake));
    }
  }
  own.throw_if_any();
  std::ranges::sort(elsewhere);
  const auto twice = std::ranges::unique(elsewhere);
  elsewhere.erase(twice.begin(), twice.end());
  return elsewhere;
}

// Adds what a scenario must say and a system need not.
void make_scenario(Document& document, Mistakes& mistakes) {
  std::string text = document.root.contains("format") ? "" : "format = 1\n";
  text += "[scenario]\nhorizon = \"1 h\"\nstart = 2000-01-01T00:00:00Z\n";
  auto settings = parse_into(document, "frame", text, mistakes);
  merge_tables(document, std::move(*settings), mistakes);
}

}  // namespace

std::optional<SystemAlone> load_system(const std::string& path) {
  Mistakes mistakes;
  Document document = read_document(path, mistakes);
  if (!mistakes.empty() || document.root.contains("scenario") ||
      !document.root.contains("service")) {
    return std::nullopt;
  }
  make_scenario(document, mistakes);
  SystemAlone alone;
  alone.system = read_scenario(document, mistakes);
  validate(alone.system, mistakes);
  alone.from_elsewhere = sort_out(mistakes);
  return alone;
}

}  // namespace outagesim
