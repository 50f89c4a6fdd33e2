// What reading a text gave: a value, or what was expected instead.
#pragma once

#include <cassert>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace outagesim {

template <class T>
struct Parsed {
  std::optional<T> value;
  std::string error;  // a whole sentence without a full stop; empty if fine
  size_t offset = 0;  // byte of the text where the error begins
  size_t length = 0;  // bytes concerned; 0 = to the end of the text

  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const {
    assert(value && "ask whether it parsed first");
    return *value;
  }
  const T* operator->() const { return &**this; }
};

template <class T>
Parsed<T> parsed(T value) {
  return {std::move(value), {}, 0, 0};
}

template <class T>
Parsed<T> not_parsed(std::string error, size_t offset = 0, size_t length = 0) {
  return {std::nullopt, std::move(error), offset, length};
}

}  // namespace outagesim
