// [strategy.NAME] as it was written: what it is, and the parts of its patch,
// which are still text, for they are read where they are put. Internal to this
// folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/parts/strategy.h"
#include "models/scenario/key.h"

namespace outagesim {

// Which of the things a change means; absent: all. Kinds are words.
struct ChangeWhere {
  std::optional<Value> kind;          // of the need
  std::optional<Value> of_kind;       // of a service that it needs or strikes
  std::optional<Value> service_kind;  // of the service itself
  std::optional<Value> name;          // a pattern
  std::optional<Value> service;       // a pattern: whose need
};

// [[strategy.NAME.change]]
struct ChangeText {
  Value written{};
  Each each = Each::kNeed;
  ChangeWhere where;
  bool one = false;              // exactly one thing is meant
  bool may_miss = false;         // it is fine to hit nothing
  std::optional<Value> set;      // values of it, by path
  std::optional<Value> becomes;  // the whole of it
  std::optional<Value> add;      // named things, for each that is hit
  bool remove = false;
};

struct StrategyText {
  std::string name;
  SourcePosition at;
  Strategy strategy;
  bool has_price = false;
  std::optional<Value> set;
  std::vector<Value> remove;
  std::optional<Value> add;
  std::vector<ChangeText> changes;
  std::vector<Reference> combines;
};

// The strategies of the document, in the order they were written; none without
// such a table. The values are views of the document and of `in`. Names that
// they combine exist, and not in a circle, if no mistake was added.
std::vector<StrategyText> read_strategies(Reading& in);

}  // namespace outagesim
