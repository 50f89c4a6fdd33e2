// The integral over time of a piecewise constant: hold a value, advance the
// clock, read the sum. Exact in law, for nothing happens between two steps.
#pragma once

#include <cassert>

#include "models/base/units.h"

namespace outagesim {

class TimeIntegral {
 public:
  TimeIntegral() = default;
  TimeIntegral(Seconds start, double value) : now_(start), value_(value) {}

  // Holds the present value until t. Precondition: t is not in the past.
  void advance(Seconds t) {
    assert(t >= now_ && "time does not run backwards");
    integral_ += value_ * (t - now_).value;
    now_ = t;
  }

  // Holds the present value until t, then takes another.
  void set(Seconds t, double value) {
    advance(t);
    value_ = value;
  }

  Seconds now() const { return now_; }
  double value() const { return value_; }

  // In units of the value times seconds, from the start until now().
  double integral() const { return integral_; }

 private:
  Seconds now_;
  double value_ = 0;
  double integral_ = 0;
};

}  // namespace outagesim
