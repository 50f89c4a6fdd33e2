// Archives for tests: the state of an estimator as words, and back.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace outagesim {

struct Writer {
  std::vector<std::uint64_t> words;

  template <class... Fields>
  void operator()(Fields&... fields) {
    (put(fields), ...);
  }

 private:
  template <class T>
  void put(T& field) {
    if constexpr (std::is_floating_point_v<T>) {
      words.push_back(std::bit_cast<std::uint64_t>(field));
    } else if constexpr (std::is_integral_v<T>) {
      words.push_back(static_cast<std::uint64_t>(field));
    } else {
      field.visit(*this);
    }
  }
  template <class T, std::size_t Size>
  void put(std::array<T, Size>& fields) {
    for (T& field : fields) put(field);
  }
  template <class T>
  void put(std::vector<T>& fields) {
    words.push_back(fields.size());
    for (T& field : fields) put(field);
  }
};

struct Reader {
  const std::vector<std::uint64_t>& words;
  std::size_t next = 0;

  template <class... Fields>
  void operator()(Fields&... fields) {
    (get(fields), ...);
  }

 private:
  template <class T>
  void get(T& field) {
    if constexpr (std::is_floating_point_v<T>) {
      field = std::bit_cast<T>(words[next++]);
    } else if constexpr (std::is_integral_v<T>) {
      field = static_cast<T>(words[next++]);
    } else {
      field.visit(*this);
    }
  }
  template <class T, std::size_t Size>
  void get(std::array<T, Size>& fields) {
    for (T& field : fields) get(field);
  }
  template <class T>
  void get(std::vector<T>& fields) {
    fields.resize(words[next++]);
    for (T& field : fields) get(field);
  }
};

template <class T>
std::vector<std::uint64_t> words_of(T estimator) {
  Writer writer;
  writer(estimator);
  return writer.words;
}

template <class T>
T read_back(const std::vector<std::uint64_t>& words) {
  T estimator;
  Reader{words}(estimator);
  return estimator;
}

}  // namespace outagesim
