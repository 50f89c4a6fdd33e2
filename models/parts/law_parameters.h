// The parameters of a law, read from the text between its parentheses.
// Every mistake is located by the bytes of the text that it concerns.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "models/base/parsed.h"
#include "models/parts/dimension.h"
#include "models/parts/law_table.h"

namespace outagesim {

// A part of a text and the byte where it begins.
struct Piece {
  std::string_view text;
  size_t at = 0;
};

// Without the blanks at either end.
Piece trimmed(Piece piece);
// From its byte `from` on. Precondition: from <= size.
Piece tail(Piece piece, size_t from);

template <class T>
Parsed<T> wrong(Piece where, std::string reason) {
  return not_parsed<T>(std::move(reason), where.at, where.text.size());
}

// A quantity of the dimension in base units, at least 0 or above 0.
Parsed<double> parse_quantity(Piece piece, Dimension of, bool may_be_zero);

// `reason`, then how the law is written.
std::string with_usage(const std::string& reason, const LawInfo& law,
                       Dimension of);

// `whole` is what to underline when the arguments together are wrong.
Parsed<Law> parse_law(const LawInfo& law, Piece whole,
                      std::span<const Piece> arguments, Dimension of);

}  // namespace outagesim
