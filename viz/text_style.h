// What the reader's surroundings can show: colour, signs, width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace outagesim {

struct TextStyle {
  bool colour = false;    // colour and bold
  bool ascii = false;     // only ASCII: signs are spelled, bars are of '#'
  std::size_t width = 0;  // columns to be had; 0: as many as it takes

  // The columns of prose that would like to have `most`.
  std::size_t columns(std::size_t most) const;

  std::string bold(std::string_view text) const;
  std::string dim(std::string_view text) const;
  std::string good(std::string_view text) const;
  std::string bad(std::string_view text) const;
};

}  // namespace outagesim
