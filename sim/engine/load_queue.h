// First in, first out, in one vector: nothing is allocated while it is empty,
// and little is moved as it goes on.
#pragma once

#include <cstddef>
#include <vector>

namespace outagesim {

template <class T>
class LoadQueue {
 public:
  bool empty() const { return first_ == items_.size(); }
  std::size_t size() const { return items_.size() - first_; }
  T& front() { return items_[first_]; }
  const T& front() const { return items_[first_]; }
  T& back() { return items_.back(); }
  const T& back() const { return items_.back(); }
  auto begin() { return items_.begin() + static_cast<std::ptrdiff_t>(first_); }
  auto end() { return items_.end(); }
  const T& operator[](std::size_t i) const { return items_[first_ + i]; }

  void push_back(T item) { items_.push_back(std::move(item)); }
  void pop_front() {
    ++first_;
    if (empty()) return clear();
    if (first_ < 64 || first_ < size()) return;
    items_.erase(items_.begin(), begin());
    first_ = 0;
  }
  // Precondition: n <= size().
  void pop_front(std::size_t n) {
    while (n-- > 0) pop_front();
  }
  void clear() {
    items_.clear();
    first_ = 0;
  }

 private:
  std::vector<T> items_;
  std::size_t first_ = 0;
};

}  // namespace outagesim
