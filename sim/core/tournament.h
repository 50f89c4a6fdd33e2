// Who comes next among a fixed number of players, each with one turn at most: a
// tournament, in which only the matches of the one whose turn has changed are
// played again. Equal times go by the number given. As the order of the matches
// is that of chance, each is decided without a branch to guess.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace outagesim {

class Tournament {
 public:
  explicit Tournament(std::size_t players) {
    while (places_ < std::max<std::size_t>(players, 2)) places_ *= 2;
    turns_.resize(places_);
    winner_.resize(2 * std::size_t{places_});
    for (std::uint32_t i = 0; i < places_; ++i) winner_[places_ + i] = i;
    clear();
  }

  // Nobody has a turn.
  void clear() {
    std::ranges::fill(turns_, Turn{});
    for (std::uint32_t match = places_ - 1; match > 0; --match) {
      winner_[match] = winner_[2 * match];
    }
  }

  // Precondition: player < players; 0 <= time < infinity; each number is given
  // once. O(log players).
  void set(std::uint32_t player, double time, std::uint64_t number) {
    play(player, {std::bit_cast<std::uint64_t>(time + 0.0), number});
  }
  // Has no turn any more.
  void withdraw(std::uint32_t player) { play(player, {}); }

  bool is_empty() const { return first().time_bits == kNoTurn; }
  std::uint32_t winner() const { return winner_[1]; }
  // Infinite where nobody has a turn.
  double time() const { return std::bit_cast<double>(first().time_bits); }
  std::uint64_t number() const { return first().number; }

 private:
  static constexpr std::uint64_t kNoTurn =
      std::bit_cast<std::uint64_t>(std::numeric_limits<double>::infinity());

  struct Turn {
    std::uint64_t time_bits = kNoTurn;  // order as the times do, none negative
    std::uint64_t number = 0;
  };

  const Turn& first() const { return turns_[winner_[1]]; }

  void play(std::uint32_t player, const Turn& turn) {
    Turn* const turns = turns_.data();
    std::uint32_t* const winner = winner_.data();
    std::uint64_t bits = turn.time_bits;
    turns[player] = turn;
    for (std::uint32_t place = places_ + player; place > 1; place /= 2) {
      const std::uint32_t rival = winner[place ^ 1];
      const std::uint64_t rival_bits = turns[rival].time_bits;
      bool loses = rival_bits < bits;
      if (rival_bits == bits) [[unlikely]] {
        loses = turns[rival].number < turns[player].number;
      }
      player = loses ? rival : player;
      bits = loses ? rival_bits : bits;
      winner[place / 2] = player;
    }
  }

  std::uint32_t places_ = 1;           // a power of two
  std::vector<Turn> turns_;            // by place
  std::vector<std::uint32_t> winner_;  // by match, from 1; then the places
};

}  // namespace outagesim
