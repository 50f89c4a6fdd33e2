// The state of a value as bytes, and back, through its visit(). Whole numbers
// are written in groups of seven bits, so the many zeros of a histogram or of
// an exact sum take a byte each; doubles keep all their bits. The same bytes on
// every machine. A reader never reads beyond its text: once something does not
// fit, fine() is false and all else is read as zero.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace outagesim {

// A signed number such that small magnitudes stay small: 0, -1, 1, -2 …
constexpr std::uint64_t folded(std::int64_t x) {
  return (static_cast<std::uint64_t>(x) << 1) ^
         static_cast<std::uint64_t>(x >> 63);
}
constexpr std::int64_t unfolded(std::uint64_t x) {
  return static_cast<std::int64_t>(x >> 1) ^ -static_cast<std::int64_t>(x & 1);
}

class ByteWriter {
 public:
  template <class... Fields>
  void operator()(Fields&... fields) {
    (put(fields), ...);
  }
  std::string take() { return std::move(bytes_); }

 private:
  template <class T>
  void put(T& field) {
    if constexpr (std::is_floating_point_v<T>) {
      put_fixed(std::bit_cast<std::uint64_t>(field));
    } else if constexpr (std::is_signed_v<T>) {
      put_grouped(folded(field));
    } else if constexpr (std::is_integral_v<T>) {
      put_grouped(field);
    } else {
      field.visit(*this);
    }
  }
  void put(std::string& text) {
    put_grouped(text.size());
    bytes_ += text;
  }
  template <class T, std::size_t Size>
  void put(std::array<T, Size>& fields) {
    for (T& field : fields) put(field);
  }
  template <class T>
  void put(std::vector<T>& fields) {
    put_grouped(fields.size());
    for (T& field : fields) put(field);
  }
  void put_grouped(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) {
      bytes_ += static_cast<char>(number | 0x80);
    }
    bytes_ += static_cast<char>(number);
  }
  void put_fixed(std::uint64_t number) {
    for (int i = 0; i < 8; ++i, number >>= 8) {
      bytes_ += static_cast<char>(number);
    }
  }

  std::string bytes_;
};

class ByteReader {
 public:
  // Precondition: the text outlives the reader.
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <class... Fields>
  void operator()(Fields&... fields) {
    (get(fields), ...);
  }
  bool fine() const { return fine_; }
  bool at_end() const { return fine_ && rest_.empty(); }

 private:
  template <class T>
  void get(T& field) {
    if constexpr (std::is_floating_point_v<T>) {
      field = std::bit_cast<T>(get_fixed());
    } else if constexpr (std::is_same_v<T, bool>) {
      field = get_grouped() != 0;
    } else if constexpr (std::is_signed_v<T>) {
      field = static_cast<T>(unfolded(get_grouped()));
    } else if constexpr (std::is_integral_v<T>) {
      field = static_cast<T>(get_grouped());
    } else {
      field.visit(*this);
    }
  }
  void get(std::string& text) {
    const std::size_t size = get_size();
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  template <class T, std::size_t Size>
  void get(std::array<T, Size>& fields) {
    for (T& field : fields) get(field);
  }
  template <class T>
  void get(std::vector<T>& fields) {
    fields.resize(get_size());
    for (T& field : fields) get(field);
  }
  // Of something whose every element takes a byte at least.
  std::size_t get_size() {
    const std::uint64_t size = get_grouped();
    fine_ = fine_ && size <= rest_.size();
    return fine_ ? size : 0;
  }
  std::uint64_t get_byte() {
    fine_ = fine_ && !rest_.empty();
    if (!fine_) return 0;
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  std::uint64_t get_grouped() {
    std::uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = get_byte();
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return number;
  }
  std::uint64_t get_fixed() {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number |= get_byte() << (8 * i);
    return number;
  }

  std::string_view rest_;
  bool fine_ = true;
};

template <class T>
std::string bytes_of(T& value) {
  ByteWriter writer;
  writer(value);
  return writer.take();
}

// Whether the bytes were a T, no more and no less.
template <class T>
bool read_bytes(std::string_view bytes, T& value) {
  ByteReader reader(bytes);
  reader(value);
  return reader.at_end();
}

}  // namespace outagesim
