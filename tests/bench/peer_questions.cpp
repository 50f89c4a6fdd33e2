#include <exception>
#include <string>

#include "tests/bench/peers.h"

namespace outagesim::bench {
namespace {

bool runs(const Command& command) {
  try {
    run_command(command);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

// With Debian's own Python, for another does not see Debian's packages.
Command simpy_command() {
  const std::string python = "/usr/bin/python3";
  if (!runs({python, "-c", "import simpy; simpy.Environment"})) return {};
  return {python, OUTAGESIM_SOURCE_DIR "/tests/bench/peers/simpy_peer.py"};
}

Command simgrid_command() {
  const std::string program = OUTAGESIM_SIMGRID_PEER;
  return program.empty() ? Command{} : Command{program};
}

Finding ahead_of(const Peer& peer, const std::string& what) {
  Finding finding;
  finding.title = what + ", beside " + peer.name;
  finding.unit = "/s";
  finding.target = Target{true, 1};
  return finding;
}

Finding years_beside(const Bench& bench, const Peer& peer) {
  const std::uint64_t ours = bench.scaled(40'000);
  const std::uint64_t theirs = bench.scaled(peer.years);
  Finding finding = ahead_of(peer, "ten services: replications a second");
  play(bench,
       {years_command(bench, ours), peer_command(peer, "repairable10", theirs),
        double(ours), double(theirs)},
       finding);
  return finding;
}

Finding queue_beside(const Bench& bench, const Peer& peer) {
  const std::uint64_t theirs = bench.scaled(peer.customers);
  Finding finding = ahead_of(peer, "M/M/1: events a second");
  play(bench,
       {queue_command(bench), peer_command(peer, "mm1", theirs),
        2.0 * double(queue_customers_of(bench)), 2.0 * double(theirs)},
       finding);
  return finding;
}

}  // namespace

std::vector<Peer> peers() {
  return {
      {"SimGrid", "simgrid", "libsimgrid-dev", simgrid_command(), 10'000,
       1'000'000},
      {"SimPy", "simpy", "python3-simpy3", simpy_command(), 6'000, 200'000}};
}

std::string missing_peers() {
  std::string text;
  for (const Peer& peer : peers()) {
    if (!peer.command.empty()) continue;
    text += peer.name + " is left out: the Debian package " + peer.package +
            " was not installed.\n";
  }
  return text;
}

Command peer_command(const Peer& peer, const std::string& question,
                     std::uint64_t count) {
  Command command = peer.command;
  command.insert(command.end(), {question, std::to_string(count)});
  return command;
}

std::vector<Question> peer_questions() {
  std::vector<Question> questions;
  for (const Peer& peer : peers()) {
    if (peer.command.empty()) continue;
    questions.push_back({"years-" + peer.key, [peer](const Bench& bench) {
                           return years_beside(bench, peer);
                         }});
    questions.push_back({"queue-" + peer.key, [peer](const Bench& bench) {
                           return queue_beside(bench, peer);
                         }});
  }
  return questions;
}

}  // namespace outagesim::bench
