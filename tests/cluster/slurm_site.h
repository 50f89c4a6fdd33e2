// A Slurm of one node in a scratch folder: own key, own ports, no systemd, no
// cgroups, as whoever runs the tests. When it goes, or the test is killed, all
// that it started goes too.
#pragma once

#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <utility>

#include "tests/cluster/processes.h"

namespace outagesim::testing {

class SlurmSite {
 public:
  // What is missing here to start one; empty: nothing.
  static std::string missing() {
    for (const char* name : {"munged", "slurmctld", "slurmd", "sbatch",
                             "squeue", "sinfo", "scontrol", "scancel"}) {
      if (!find_program(name)) return name;
    }
    return "";
  }

  SlurmSite() {
    fs::permissions(folder(), fs::perms(0755));
    write_key();
    write_settings();
    ::setenv("SLURM_CONF", at("slurm.conf").c_str(), 1);
    start({{"munged", "--foreground", "--force", "--num-threads=2",
            "--key-file=" + at("key"), "--socket=" + at("munge"),
            "--pid-file=" + at("munge.pid"), "--seed-file=" + at("seed")},
           {"slurmctld", "-D", "-i", "-f", at("slurm.conf")},
           {"slurmd", "-D", "-f", at("slurm.conf")}});
  }

  ~SlurmSite() {
    end_all();
    ::unsetenv("SLURM_CONF");
  }
  SlurmSite(const SlurmSite&) = delete;
  SlurmSite& operator=(const SlurmSite&) = delete;

  const fs::path& folder() const { return scratch_.path(); }
  std::string at(const std::string& name) const { return folder() / name; }

  // Whether its node waits for work, within half a minute.
  bool is_ready() const {
    return becomes_true(
        [this] { return ask({"sinfo", "-h", "-o", "%T"}).out == "idle\n"; },
        std::chrono::seconds(30));
  }

  Ran ask(std::vector<std::string> words) const {
    words.front() = find_program(words.front()).value_or(words.front());
    const int code =
        wait_for(start_program(words, at("answer"), at("complaint")));
    return {code, file_text(at("answer")), file_text(at("complaint"))};
  }

  // Whether no job is left that waits or runs, within a minute and a half.
  bool has_done() const {
    return becomes_true([this] { return ask({"squeue", "-h"}).out.empty(); },
                        std::chrono::seconds(90));
  }

  // What the daemons said, for a test that failed.
  std::string logs() const {
    std::string text;
    for (const auto& entry : fs::directory_iterator(folder())) {
      if (entry.path().extension() != ".log") continue;
      text += "== " + entry.path().string() + "\n" + file_text(entry.path());
    }
    return text;
  }

  // Ends what it started and what that started; how many would not be told.
  int end_all() {
    if (guard_ == 0) return 0;
    ask({"scancel", "--me", "--quiet"});
    ::close(lifeline_);
    return wait_for(std::exchange(guard_, 0));
  }

 private:
  using Commands = std::vector<std::vector<std::string>>;

  // In a process between, which ends them when this one goes, however it goes.
  void start(const Commands& daemons) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    lifeline_ = ends[1];
    guard_ = ::fork();
    if (guard_ != 0) {
      ::close(ends[0]);
      return;
    }
    ::close(ends[1]);
    ::setsid();
    // Whatever outlives its parent becomes a child of this process.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (const auto& daemon : daemons) start_here(daemon);
    char nothing = 0;
    while (::read(ends[0], &nothing, 1) != 0) continue;
    ::_exit(end_children());
  }

  void start_here(std::vector<std::string> words) const {
    const std::string log = at(words.front() + ".log");
    words.front() = find_program(words.front()).value_or(words.front());
    start_program(words, log, log);
  }

  static int end_children() {
    const auto tell = [](int signal) {
      for (const pid_t child : children_of(::getpid())) ::kill(child, signal);
    };
    const auto gone = [&] {
      while (::waitpid(-1, nullptr, WNOHANG) > 0) continue;
      return children_of(::getpid()).empty();
    };
    tell(SIGTERM);
    if (becomes_true(gone, std::chrono::seconds(8))) return 0;
    const auto left = static_cast<int>(children_of(::getpid()).size());
    const auto killed = [&] {
      tell(SIGKILL);
      return gone();
    };
    becomes_true(killed, std::chrono::seconds(5));
    return left;
  }

  void write_key() const {
    std::string key(1024, '\0');
    std::ifstream("/dev/urandom", std::ios::binary).read(key.data(), 1024);
    std::ofstream(at("key"), std::ios::binary) << key;
    fs::permissions(at("key"), fs::perms(0600));
  }

  // One that is free now.
  static std::string free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    ::bind(socket, plain, size);
    ::getsockname(socket, plain, &size);
    ::close(socket);
    return std::to_string(ntohs(address.sin_port));
  }

  static std::string host() {
    std::string name(256, '\0');
    ::gethostname(name.data(), name.size() - 1);
    return name.substr(0, name.find_first_of(std::string(".\0", 2)));
  }

  // "slurm-wlm 22.05.8": none before 23.11 knows a node without cgroups.
  std::string cgroup_plugin() const {
    const std::string said = ask({"slurmd", "-V"}).out;
    const auto number = said.find_first_of("0123456789");
    const bool knows =
        number != std::string::npos && said.substr(number, 5) >= "23.11";
    return knows ? "disabled" : "cgroup/v1";
  }

  void write_settings() const {
    const std::string user = std::to_string(::geteuid());
    const std::string settings[] = {
        "ClusterName=outagesim", "SlurmctldHost=" + host() + "(127.0.0.1)",
        "SlurmUser=" + user, "SlurmdUser=" + user, "AuthType=auth/munge",
        // A task that is queued again waits until its credential is void.
        "AuthInfo=socket=" + at("munge") + ",cred_expire=5",
        "CredType=cred/munge", "SlurmctldPort=" + free_port(),
        "SlurmdPort=" + free_port(), "StateSaveLocation=" + at("state"),
        "SlurmdSpoolDir=" + at("spool"),
        "SlurmctldPidFile=" + at("slurmctld.pid"),
        "SlurmdPidFile=" + at("slurmd.pid"), "MailProg=/bin/true",
        "ProctrackType=proctrack/linuxproc", "TaskPlugin=task/none",
        "SelectType=select/cons_tres", "SelectTypeParameters=CR_CPU",
        "SwitchType=switch/none", "MpiDefault=none",
        "JobAcctGatherType=jobacct_gather/none",
        "AccountingStorageType=accounting_storage/none",
        "JobCompType=jobcomp/none", "SchedulerType=sched/backfill",
        "SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval="
        "1",
        "KillWait=5", "SlurmdParameters=config_overrides",
        "NodeName=" + host() + " NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN",
        "PartitionName=all Nodes=ALL Default=YES State=UP"};
    std::ofstream file(at("slurm.conf"));
    for (const std::string& line : settings) file << line << '\n';
    std::ofstream(at("cgroup.conf"))
        << "CgroupPlugin=" << cgroup_plugin() << '\n';
    fs::create_directory(at("state"));
    fs::create_directory(at("spool"));
  }

  Scratch scratch_;
  pid_t guard_ = 0;
  int lifeline_ = -1;  // the guard ends all once nobody holds it
};

}  // namespace outagesim::testing
