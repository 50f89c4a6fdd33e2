// Simulators of others that Debian has, on the questions of the reference: the
// programs in tests/bench/peers, which print what the reference prints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/questions.h"

namespace outagesim::bench {

struct Peer {
  std::string name;                        // for people
  std::string key;                         // for machines
  std::string package;                     // of Debian
  Command command;                         // empty: it is not installed
  std::uint64_t years = 0, customers = 0;  // about a second's work
};

std::vector<Peer> peers();

// A line for each that is not installed.
std::string missing_peers();

// So much of `repairable10` or `mm1`. Precondition: it is installed.
Command peer_command(const Peer& peer, const std::string& question,
                     std::uint64_t count);

}  // namespace outagesim::bench
