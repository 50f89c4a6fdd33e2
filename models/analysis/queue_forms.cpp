#include "models/analysis/queue_forms.h"

#include <algorithm>
#include <cassert>

#include "models/analysis/closed_forms.h"

namespace outagesim {
namespace {

// What the probabilities of the numbers in the system say; `arriving(n)` is
// the rate at which they come while n are there.
template <class Arriving>
QueueAnswer read_off(std::vector<double> p, std::uint32_t servers,
                     Arriving arriving) {
  QueueAnswer a;
  double arrivals = 0, waiting = 0;
  for (std::uint32_t n = 0; n < p.size(); ++n) {
    const std::uint32_t queued = n > servers ? n - servers : 0;
    a.in_system += n * p[n];
    a.in_queue += queued * p[n];
    a.busy += std::min(n, servers) * p[n];
    const bool enters = n + 1 < p.size();
    arrivals += enters ? p[n] * arriving(n) : 0;
    waiting += enters && n >= servers ? p[n] * arriving(n) : 0;
  }
  a.waits = waiting / arrivals;
  a.wait = a.in_queue / arrivals;  // [Little61]
  a.probability = std::move(p);
  return a;
}

}  // namespace

QueueAnswer mmck(double arrivals, double services, std::uint32_t servers,
                 std::uint32_t most) {
  assert(servers >= 1 && most >= servers && "room for those in service");
  std::vector<double> up(most, arrivals), down;
  for (std::uint32_t n = 1; n <= most; ++n) {
    down.push_back(std::min(n, servers) * services);
  }
  QueueAnswer a = read_off(birth_death_stationary(up, down), servers,
                           [=](std::uint32_t) { return arrivals; });
  a.full = a.probability.back();
  return a;
}

double erlang_b(double offered, std::uint32_t servers) {
  double inverse = 1;
  for (std::uint32_t n = 1; n <= servers; ++n) {
    inverse = 1 + inverse * n / offered;
  }
  return 1 / inverse;
}

double erlang_c(double offered, std::uint32_t servers) {
  assert(offered < servers && "else the queue grows for ever");
  const double b = erlang_b(offered, servers);
  return b / (1 - offered / servers * (1 - b));
}

QueueAnswer erlang_a(double arrivals, double services, std::uint32_t servers,
                     double leaving) {
  std::vector<double> up, down;
  double weight = 1, largest = 1;
  for (std::uint32_t n = 1; n <= servers || weight > 1e-18 * largest; ++n) {
    const std::uint32_t queued = n > servers ? n - servers : 0;
    up.push_back(arrivals);
    down.push_back(std::min(n, servers) * services + queued * leaving);
    weight *= up.back() / down.back();
    largest = std::max(largest, weight);
  }
  QueueAnswer a = read_off(birth_death_stationary(up, down), servers,
                           [=](std::uint32_t) { return arrivals; });
  a.gives_up = a.in_queue * leaving / arrivals;
  return a;
}

QueueAnswer machine_repairman(std::uint32_t machines, std::uint32_t crews,
                              double failures, double repairs) {
  std::vector<double> up, down;
  for (std::uint32_t n = 0; n < machines; ++n) {
    up.push_back((machines - n) * failures);
    down.push_back(std::min(n + 1, crews) * repairs);
  }
  return read_off(birth_death_stationary(up, down), crews,
                  [=](std::uint32_t n) { return (machines - n) * failures; });
}

}  // namespace outagesim
