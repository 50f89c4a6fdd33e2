// The text of a graph, read from left to right, that tells where it went
// wrong; and the system in the making. What both DOT and Mermaid need.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/source.h"
#include "models/import/drawn_system.h"

namespace outagesim {

// The place of a byte of the file. O(log lines + its line).
SourcePosition place_in(const std::shared_ptr<const SourceFile>& file,
                        std::size_t at);

class GraphText {
 public:
  // Throws InputError where the file cannot be read.
  explicit GraphText(const std::string& path);

  std::size_t at() const { return at_; }
  bool ended() const { return at_ >= file_->text.size(); }
  // '\0' past the end.
  char next(std::size_t ahead = 0) const;
  std::string_view rest() const;
  bool starts(std::string_view mark) const { return rest().starts_with(mark); }
  void advance(std::size_t bytes);
  // Goes past the mark if it stands here.
  bool skip(std::string_view mark);
  void skip_line();
  // Up to the mark, which is gone past too; "" and refuses if it never comes.
  std::string_view until(std::string_view mark, const std::string& what);
  // Throws InputError that points there.
  [[noreturn]] void refuse(const std::string& what, std::size_t at,
                           const std::string& hint = {}) const;
  [[noreturn]] void refuse(const std::string& what) const { refuse(what, at_); }

 private:
  std::shared_ptr<const SourceFile> file_;
  std::size_t at_ = 0;
};

// More than a drawing holds: a file of a few lines could ask for billions.
inline constexpr std::size_t kMostDrawnNeeds = 200'000;
inline constexpr const char* kTooManyArrows =
    "there are more than 200000 arrows";

class Drawing {
 public:
  // Made where it is first named.
  std::size_t node(const std::string& name);
  DrawnService& service(std::size_t index) { return system_.services[index]; }
  // An arrow from each to each, of the kind that the text names. False where it
  // holds no more.
  bool connect(const std::vector<std::size_t>& owners,
               const std::vector<std::size_t>& targets, std::string_view text);
  DrawnSystem finished() { return std::move(system_); }
  std::size_t size() const { return system_.services.size(); }
  bool empty() const { return size() == 0; }

 private:
  DrawnSystem system_;
  std::map<std::string, std::size_t> index_;
  std::size_t needs_ = 0;
};

// The kind of a need, its group and its quorum from the text of an edge as
// `outagesim graph` writes it: "soft", "any of places", "2 of stores". Hard
// where the text names none.
DrawnNeed need_of_text(std::string target, std::string_view text);

}  // namespace outagesim
