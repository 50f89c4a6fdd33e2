// Copies of documents and of their nodes. toml++ leaves out of a copy where a
// node was written; the document keeps it in a table of its own.
#include <utility>

#include "models/scenario/document.h"

namespace outagesim {
namespace {

void remember(Document& to, const toml::node& copy, const Document& from,
              const toml::node& node) {
  to.written[&copy] = region_of(from, node);
  const auto place = from.order.find(&node);
  if (place == from.order.end()) {
    to.order.erase(&copy);  // of an earlier node at this address
  } else {
    to.order[&copy] = toml::source_region(place->second);
  }
  if (const toml::table* table = node.as_table()) {
    auto twin = copy.as_table()->begin();
    for (const auto& [_, inner] : *table) {
      remember(to, twin->second, from, inner);
      ++twin;
    }
  } else if (const toml::array* list = node.as_array()) {
    for (size_t i = 0; i < list->size(); ++i) {
      remember(to, (*copy.as_array())[i], from, (*list)[i]);
    }
  }
}

// What replaces something stands where that stood; what is new stands last, in
// the order in which it was written.
toml::source_region place_for(const Document& document, const toml::table& into,
                              const toml::key& key) {
  const auto old = into.find(key);
  if (old != into.end()) return order_of(document, old->first, old->second);
  return {key.source().begin, key.source().end, nullptr};
}

}  // namespace

const toml::source_region& region_of(const Document& document,
                                     const toml::node& node) {
  if (node.source().path) return node.source();
  const auto found = document.written.find(&node);
  return found == document.written.end() ? node.source() : found->second;
}

const toml::source_region& order_of(const Document& document,
                                    const toml::key& key,
                                    const toml::node& node) {
  if (document.order.empty()) return key.source();
  const auto found = document.order.find(&node);
  return found == document.order.end() ? key.source() : found->second;
}

Document copy_of(const Document& original) {
  Document copy;
  copy.root = original.root;
  copy.files = original.files;
  remember(copy, copy.root, original, original.root);
  return copy;
}

toml::node& put_copy(Document& to, toml::table& into, const toml::key& key,
                     const Document& from, const toml::node& node) {
  toml::source_region place = place_for(to, into, key);
  into.erase(key);
  toml::node& copy = into.insert(key, node).first->second;
  remember(to, copy, from, node);
  to.order[&copy] = std::move(place);
  return copy;
}

}  // namespace outagesim
