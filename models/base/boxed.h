// A value that most things lack, used as std::optional is: 8 bytes where there
// is none. A large system has millions of needs, each with a dozen such values.
#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace outagesim {

template <class T>
class Boxed {
 public:
  Boxed() = default;
  explicit(false) Boxed(std::nullopt_t) {}
  explicit(false) Boxed(T value)
      : value_(std::make_unique<T>(std::move(value))) {}
  explicit(false) Boxed(const std::optional<T>& value)
      : value_(value ? std::make_unique<T>(*value) : nullptr) {}
  Boxed(const Boxed& other)
      : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(Boxed other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  ~Boxed() = default;

  bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  // Precondition of these: there is one.
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }

  T value_or(T otherwise) const {
    return value_ ? *value_ : std::move(otherwise);
  }
  std::optional<T> copy() const {
    return value_ ? std::optional<T>(*value_) : std::nullopt;
  }
  T& emplace(T value = {}) {
    value_ = std::make_unique<T>(std::move(value));
    return *value_;
  }
  void reset() { value_.reset(); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace outagesim
