// What can go wrong, by whose doing: a person's input, the command line, our
// own bug, or the surroundings. Mistakes in input are collected and leave all
// at once in one InputError, each with its place, the line and a caret.
#pragma once

#include <cstddef>
#include <exception>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/base/source.h"

namespace outagesim {

struct Mistake {
  SourcePosition at;    // may be nowhere
  size_t width = 1;     // display columns underlined
  std::string message;  // `no service is named "chekout"`
  std::string hint;     // `did you mean "checkout" (line 12)?`, or empty
};

// Display columns of the source from `at` up to `end_column` on its line, as
// an excerpt shows them: what Mistake::width wants when the end is known.
size_t columns_until(const SourcePosition& at, uint32_t end_column);

// Each mistake as
//   scenarios/checkout.toml:41:8: error: no service is named "chekout"
//      41 | on = "chekout"
//         |      ^^^^^^^^^  did you mean "checkout" (line 12)?
// sorted by file, line and column; at most 100, then "and N more". Indentation
// is dropped, a long line is shown as a window of 100 columns around the
// caret, and no control byte is printed raw. `unlisted` counts mistakes that
// were found but not kept.
std::string format_mistakes(std::span<const Mistake> mistakes,
                            size_t unlisted = 0);

// The input is wrong: exit code 1. Carries every mistake; what() is the text
// of format_mistakes.
class InputError : public std::exception {
 public:
  explicit InputError(Mistake mistake);
  explicit InputError(std::vector<Mistake> mistakes, size_t unlisted = 0);
  const char* what() const noexcept override { return text_.c_str(); }
  const std::vector<Mistake>& mistakes() const { return mistakes_; }

 private:
  std::vector<Mistake> mistakes_;
  std::string text_;
};

// Collects mistakes while loading. Keeps the first 10,000 and counts the rest,
// so hostile input cannot fill the memory.
class Mistakes {
 public:
  void add(Mistake mistake);
  bool empty() const { return kept_.empty(); }
  size_t size() const { return kept_.size() + unlisted_; }
  const std::vector<Mistake>& kept() const { return kept_; }
  // Throws an InputError with all of them, if there is one.
  void throw_if_any() const;

 private:
  std::vector<Mistake> kept_;
  size_t unlisted_ = 0;
};

// The command line is wrong: exit code 1.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A bug of ours: exit code 2.
struct InternalError : std::logic_error {
  using std::logic_error::logic_error;
};

// The disk is full, a file cannot be written: exit code 4.
struct SurroundingsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace outagesim
