// A station's door, queue and servers.
#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/request/request_state.h"

namespace outagesim {
namespace {

// Gamma of mean 1 and the given coefficient of variation [Marsaglia00].
double gamma_of_mean_one(RequestWorld& world, double varies) {
  const double shape = 1 / (varies * varies);
  const double d = std::max(shape, 1.0) - 1.0 / 3;  // below 1: see the end
  const double boosted = shape < 1 ? shape + 1 - 1.0 / 3 : d;
  const double c = 1 / std::sqrt(9 * boosted);
  for (;;) {
    const double u1 = world.uniform.next(), u2 = world.uniform.next();
    const double x = std::sqrt(-2 * std::log(u1)) *
                     std::cos(2 * 3.14159265358979323846 * u2);
    const double cube = 1 + c * x;
    if (cube <= 0) continue;
    const double v = cube * cube * cube;
    const double u = world.uniform.next();
    if (std::log(u) >= x * x / 2 + boosted * (1 - v + std::log(v))) continue;
    const double drawn = boosted * v;
    if (shape >= 1) return drawn / shape;
    return drawn * std::pow(world.uniform.next(), 1 / shape) / shape;
  }
}

double draw_work(RequestWorld& world, const LoadStation& station) {
  if (station.varies == 1) return exponential(world);
  if (station.varies == 0) return 1;
  return gamma_of_mean_one(world, station.varies);
}

void move_work(RequestWorld& world, RequestStation& station) {
  station.work += (world.now - station.work_at) * station.speed;
  station.work_at = world.now;
}

void plan_work(RequestWorld& world, std::uint32_t id) {
  RequestStation& station = world.stations[id];
  double next = kNoBound;
  if (!station.busy.empty() && station.speed > 0) {
    next = station.work_at +
           std::max(0.0, station.busy.front().first - station.work) /
               station.speed;
  }
  world.sources.set(work_of(world, id), next);
}

bool is_expired(const RequestWorld& world, std::uint32_t id,
                std::uint32_t attempt) {
  return world.net.stations[id].drops_expired && !world.pool[attempt].is_open;
}

void begin_work(RequestWorld& world, std::uint32_t id, std::uint32_t attempt) {
  RequestStation& station = world.stations[id];
  move_work(world, station);
  const double each = station.servers / station.pace;
  const double ends =
      station.work + draw_work(world, world.net.stations[id]) * each;
  station.busy.emplace_back(ends, attempt);
  std::ranges::push_heap(station.busy, std::greater{});
  if (StationBin* bin = station_bin(world, id)) {
    bin->begun += 1;
    bin->waited += world.now - world.pool[attempt].arrived;
  }
}

void take_next(RequestWorld& world, std::uint32_t id) {
  RequestStation& station = world.stations[id];
  while (!station.queue.empty() && station.busy.size() < station.servers) {
    const std::uint32_t attempt = station.queue.front();
    station.queue.pop();
    if (attempt == kNone) {
      --station.shed;
      continue;
    }
    if (is_expired(world, id, attempt)) {
      if (StationBin* bin = station_bin(world, id)) bin->left += 1;
      free_attempt(world, attempt);
      continue;
    }
    begin_work(world, id, attempt);
  }
}

// A token bucket of one second's worth.
bool is_within_limit(RequestWorld& world, std::uint32_t id) {
  const double limit = world.net.stations[id].limit.value;
  if (limit == kNoBound) return true;
  RequestStation& station = world.stations[id];
  const double rate = limit * world.window.scale * station.scale;
  station.tokens =
      std::min(rate, station.tokens + rate * (world.now - station.tokens_at));
  station.tokens_at = world.now;
  if (station.tokens < 1) return false;
  station.tokens -= 1;
  return true;
}

std::uint32_t priority_of(const RequestWorld& world, std::uint32_t attempt) {
  const std::uint32_t stream = world.pool[attempt].stream;
  return stream == kNone ? 0 : world.net.streams[stream].priority;
}

// The newest that waits with a lower priority is refused after all. Looks at
// the newest few only, so that a long queue costs no more.
bool shed_lower(RequestWorld& world, std::uint32_t id, std::uint32_t priority) {
  constexpr std::size_t kMostLookedAt = 1000;
  RequestStation& station = world.stations[id];
  const std::size_t size = station.queue.size();
  for (std::size_t i = 1; i <= std::min(size, kMostLookedAt); ++i) {
    std::uint32_t& place = station.queue.at(size - i);
    if (place == kNone || priority_of(world, place) >= priority) continue;
    const std::uint32_t attempt = std::exchange(place, kNone);
    ++station.shed;
    if (StationBin* bin = station_bin(world, id)) bin->refused += 1;
    fail_attempt(world, attempt);
    free_attempt(world, attempt);
    return true;
  }
  return false;
}

// In a full queue a higher priority takes the place of the newest lower one.
bool is_let_in(RequestWorld& world, std::uint32_t id, std::uint32_t attempt) {
  const RequestStation& station = world.stations[id];
  if (station.in.refuses || !is_within_limit(world, id)) return false;
  const double held =
      double(station.queue.size() - station.shed + station.busy.size());
  if (held < station.room) return true;
  return world.net.stations[id].sheds &&
         shed_lower(world, id, priority_of(world, attempt));
}

void lose_queue(RequestWorld& world, std::uint32_t id) {
  RequestStation& station = world.stations[id];
  while (!station.queue.empty()) {
    const std::uint32_t attempt = station.queue.front();
    station.queue.pop();
    if (attempt != kNone) lose_attempt(world, attempt);
  }
  station.shed = 0;
  for (const auto& [ends, attempt] : station.busy) lose_attempt(world, attempt);
  station.busy.clear();
}

// The calls that a served request makes. Returns how many.
std::uint32_t make_own_calls(RequestWorld& world, std::uint32_t id,
                             std::uint32_t attempt) {
  // Held once more, so that a call that fails at once does not end it.
  world.pool[attempt].pending = 1;
  for (const auto& [stream, caller] : world.calls_of[id]) {
    if (world.calls[caller] == 0) continue;
    double calls = world.net.callers[caller].calls;
    while (calls > 0 && (calls >= 1 || world.uniform.next() < calls)) {
      ++world.pool[attempt].pending;
      make_request_call(world, stream, attempt);
      calls -= 1;
    }
  }
  return --world.pool[attempt].pending;
}

}  // namespace

void reach_station(RequestWorld& world, std::uint32_t id,
                   std::uint32_t attempt) {
  RequestStation& station = world.stations[id];
  StationBin* bin = station_bin(world, id);
  if (bin) bin->arrived += 1;
  if (!is_let_in(world, id, attempt)) {
    if (bin) bin->refused += 1;
    fail_attempt(world, attempt);
    free_attempt(world, attempt);
    return;
  }
  if (station.pace == kNoBound) {
    if (make_own_calls(world, id, attempt) == 0) answer(world, attempt);
    return;
  }
  station.queue.push(attempt);
  take_next(world, id);
  plan_work(world, id);
}

void end_work(RequestWorld& world, std::uint32_t id) {
  RequestStation& station = world.stations[id];
  move_work(world, station);
  std::ranges::pop_heap(station.busy, std::greater{});
  const std::uint32_t attempt = station.busy.back().second;
  station.busy.pop_back();
  take_next(world, id);
  plan_work(world, id);
  if (make_own_calls(world, id, attempt) == 0) answer(world, attempt);
}

void flush_requests(RequestWorld& world, std::uint32_t id) {
  const LoadStation& law = world.net.stations[id];
  for (auto s = law.first_stream; s < law.first_stream + law.streams; ++s) {
    world.streams[s].flushed_at = world.now;
  }
  lose_queue(world, id);
  plan_work(world, id);
}

void set_station(RequestWorld& world, std::uint32_t id,
                 const StationInput& input, double scale) {
  RequestStation& station = world.stations[id];
  const LoadStation& law = world.net.stations[id];
  move_work(world, station);
  station.in = input;
  station.scale = scale;
  if (law.capacity.value < kNoBound) station.speed = input.capacity * scale;
  if (input.refuses) lose_queue(world, id);
  const double extra = input.adds * world.window.scale;
  world.sources.set(
      extra_of(world, id),
      extra > 0 ? world.now + exponential(world) / extra : kNoBound);
  plan_work(world, id);
}

}  // namespace outagesim
