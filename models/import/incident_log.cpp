#include "models/import/incident_log.h"

#include <algorithm>
#include <span>
#include <utility>

#include "models/base/error.h"
#include "models/base/text.h"
#include "models/import/csv.h"
#include "models/import/joined_services.h"

namespace outagesim {
namespace {

struct Role {
  std::string_view name;
  std::vector<std::string_view> usual;  // names of columns, in lower case
};

// The moments in their order, then what was hit.
const std::vector<Role>& roles() {
  static const std::vector<Role> kRoles{
      {"start",
       {"start", "started", "started_at", "start_time", "begin", "began",
        "onset", "created_at"}},
      {"detected", {"detected", "detected_at", "noticed"}},
      {"engaged", {"engaged", "engaged_at", "acknowledged", "investigating"}},
      {"identified", {"identified", "identified_at", "diagnosed"}},
      {"mitigated", {"mitigated", "mitigated_at", "monitoring"}},
      {"end",
       {"end", "ended", "ended_at", "end_time", "resolved", "resolved_at",
        "closed_at"}},
      {"services", {"services", "service", "components", "component"}}};
  return kRoles;
}
constexpr std::size_t kServices = kLogMoments;
constexpr std::size_t kMostServices = 1000;
constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

class LogReader {
 public:
  LogReader(std::shared_ptr<const SourceFile> file, const LogOptions& options)
      : file_(std::move(file)), options_(options), csv_(file_->text) {}

  IncidentLog read() {
    if (!csv_.next(header_)) {
      wrong(1, "the file is empty", "expected a line with names of columns");
      mistakes_.throw_if_any();
    }
    if (csv_.unfinished()) {
      wrong(1, "a quote is opened and never closed", "");
    }
    if (csv_.too_wide()) {
      wrong(1, "the first line names too many columns",
            "at most " + std::to_string(CsvReader::kMostFields));
    }
    if (header_.size() == 1 && file_->text.find('\0') != std::string::npos) {
      wrong(1, "this is not text", "expected comma-separated values");
    }
    mistakes_.throw_if_any();
    for (std::string& name : header_) name = without_blanks(name);
    find_columns();
    mistakes_.throw_if_any();
    read_rows();
    mistakes_.throw_if_any();
    finish();
    log_.filters = options_.filters;
    return std::move(log_);
  }

  // Of all services in the file, those not asked for too.
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [name, unused] : numbers_) names.push_back(name);
    for (const auto& [name, unused] : unwanted_) names.push_back(name);
    return names;
  }

 private:
  void wrong(std::uint32_t line, std::string message, std::string hint) {
    mistakes_.add({.at = {file_, line, 1},
                   .width = 1,
                   .message = std::move(message),
                   .hint = std::move(hint)});
  }

  std::size_t column_named(const std::string& name) {
    const auto found = std::ranges::find(header_, name);
    if (found != header_.end()) {
      return static_cast<std::size_t>(found - header_.begin());
    }
    const auto close = closest_match(name, std::span(header_));
    wrong(1, "no column is named \"" + printable(name) + "\"",
          close ? "did you mean \"" + printable(*close) + "\"?"
                : "the first line has the names of the columns");
    return kNoColumn;
  }

  std::size_t usual_column(const Role& role) const {
    for (const std::string_view usual : role.usual) {
      for (std::size_t i = 0; i < header_.size(); ++i) {
        if (lower(header_[i]) == usual) return i;
      }
    }
    return kNoColumn;
  }

  void find_columns() {
    for (const Role& role : roles()) {
      const auto given = options_.columns.find(std::string(role.name));
      at_.push_back(given == options_.columns.end()
                        ? usual_column(role)
                        : column_named(given->second));
    }
    for (std::size_t i = 0; i < kLogMoments; ++i) {
      if (at_[i] != kNoColumn) log_.columns[i] = header_[at_[i]];
    }
    for (const LogFilter& filter : options_.filters) {
      filter_at_.push_back(column_named(filter.column));
    }
    if (options_.severity) {
      severity_at_ = column_named(options_.severity->column);
    }
    if (at_[0] == kNoColumn && mistakes_.empty()) {
      wrong(1, "no column tells when an incident began",
            "name it with --column start=NAME");
    }
  }

  std::string_view field(std::size_t column) const {
    return column < fields_.size() ? without_blanks(fields_[column])
                                   : std::string_view();
  }

  void read_rows() {
    while (csv_.next(fields_)) {
      ++log_.rows;
      if (log_.services.size() > kMostServices) {
        return wrong(csv_.line(),
                     "more than " + std::to_string(kMostServices) +
                         " different services so far",
                     "is \"" + printable(header_[at_[kServices]]) +
                         "\" the column of services? choose with --service, "
                         "or name another with --column services=NAME");
      }
      if (fields_.size() > header_.size()) {
        wrong(csv_.line(),
              "found " + std::string(csv_.too_wide() ? "more than " : "") +
                  std::to_string(fields_.size()) + " fields",
              "the first line names " + std::to_string(header_.size()) +
                  " columns");
        continue;
      }
      read_row();
    }
    if (csv_.unfinished()) {
      wrong(csv_.line(), "a quote is opened and never closed", "");
    }
  }

  void read_row() {
    for (std::size_t i = 0; i < filter_at_.size(); ++i) {
      const LogFilter& filter = options_.filters[i];
      if ((field(filter_at_[i]) == filter.value) == filter.equal) continue;
      ++log_.filtered;
      return;
    }
    LoggedIncident incident;
    incident.line = csv_.line();
    if (!read_moments(incident)) return;
    if (!wanted_time(incident.start())) {
      ++log_.other_time;
      return;
    }
    if (!read_services(incident)) {
      ++log_.other_service;
      return;
    }
    if (options_.severity && !read_severity(incident)) return;
    log_.incidents.push_back(std::move(incident));
  }

  bool wanted_time(UtcTime start) const {
    return !(options_.from && start < *options_.from) &&
           !(options_.until && start >= *options_.until);
  }

  static std::optional<UtcTime> latest(const LoggedIncident& incident) {
    std::optional<UtcTime> latest;
    for (const auto& moment : incident.moments) {
      if (moment && !(latest && *moment < *latest)) latest = moment;
    }
    return latest;
  }

  // Not before `earlier`, where a local time may be read so.
  Parsed<UtcTime> moment_of(std::string_view text,
                            std::optional<UtcTime> earlier) {
    Parsed<UtcTime> moment = parse_moment(text, options_.dates);
    if (!moment || options_.dates.zone.offsets.size() < 2) return moment;
    DateReading again = options_.dates;
    again.second = true;
    const Parsed<UtcTime> second = parse_moment(text, again);
    if (!second || *second == *moment) return moment;
    ++log_.twice;
    return earlier && *moment < *earlier ? second : moment;
  }

  bool read_moments(LoggedIncident& incident) {
    const std::size_t before = mistakes_.size();
    for (std::size_t i = 0; i < kLogMoments; ++i) {
      const std::string_view text = field(at_[i]);
      if (text.empty()) continue;
      const Parsed<UtcTime> moment = moment_of(text, latest(incident));
      if (!moment) {
        wrong(csv_.line(),
              header_[at_[i]] + ": \"" + truncate(text, 40) + "\" is no moment",
              moment.error);
        continue;
      }
      incident.moments[i] = *moment;
      log_.watched_until = std::max(log_.watched_until, *moment);
    }
    if (mistakes_.size() > before) return false;
    if (!incident.moments[0]) {
      wrong(csv_.line(), header_[at_[0]] + ": when it began is missing", "");
      return false;
    }
    if (incident.end() && *incident.end() < incident.start()) {
      wrong(
          csv_.line(), "it ends before it begins",
          to_text(*incident.end()) + " is before " + to_text(incident.start()));
      return false;
    }
    return true;
  }

  bool read_severity(LoggedIncident& incident) {
    const auto& shares = options_.severity->shares;
    const std::string_view value = field(severity_at_);
    const auto found = shares.find(value);
    if (found == shares.end()) {
      wrong(csv_.line(),
            options_.severity->column + ": no share is given for \"" +
                truncate(value, 40) + "\"",
            "add it to --severity, or leave such rows out with --where");
      return false;
    }
    incident.severity = found->second;
    return true;
  }

  // False if none of those asked for was hit. Without a column of services all
  // incidents are of one, "all".
  bool read_services(LoggedIncident& incident) {
    if (at_[kServices] == kNoColumn) {
      add_service("all", incident);
      return true;
    }
    std::string_view rest = field(at_[kServices]);
    while (!rest.empty()) {
      const auto end =
          std::min(rest.find_first_of(options_.split), rest.size());
      const std::string_view name = without_blanks(rest.substr(0, end));
      if (!name.empty()) add_service(name, incident);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::ranges::sort(incident.services);
    const auto same = std::ranges::unique(incident.services);
    incident.services.erase(same.begin(), same.end());
    return !incident.services.empty();
  }

  void add_service(std::string_view name, LoggedIncident& incident) {
    const bool wanted =
        options_.services.empty() ||
        std::ranges::find(options_.services, name) != options_.services.end();
    if (!wanted) {
      unwanted_.try_emplace(std::string(name), 0);
      return;
    }
    const auto [found, fresh] = numbers_.try_emplace(
        std::string(name), static_cast<std::uint32_t>(log_.services.size()));
    if (fresh) log_.services.emplace_back(name);
    incident.services.push_back(found->second);
  }

  void finish() {
    for (const std::string& service : options_.services) {
      if (numbers_.contains(service)) continue;
      std::vector<std::string> known;
      for (const auto& [name, unused] : unwanted_) known.push_back(name);
      const auto close = closest_match(service, std::span(known));
      wrong(0, "no incident hit \"" + printable(service) + "\"",
            close ? "did you mean \"" + printable(*close) + "\"?" : "");
    }
    mistakes_.throw_if_any();
    if (options_.until) log_.watched_until = *options_.until;
    std::ranges::sort(log_.incidents, {}, [](const LoggedIncident& incident) {
      return std::pair(incident.start(), incident.line);
    });
  }

  std::shared_ptr<const SourceFile> file_;
  const LogOptions& options_;
  CsvReader csv_;
  std::vector<std::string> header_;
  std::vector<std::string> fields_;
  std::vector<std::size_t> at_;         // column of each role
  std::vector<std::size_t> filter_at_;  // column of each filter
  std::size_t severity_at_ = kNoColumn;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::map<std::string, int, std::less<>> unwanted_;
  IncidentLog log_;
  Mistakes mistakes_;
};

}  // namespace

std::string_view log_moment_name(LogMoment moment) {
  return roles()[static_cast<std::size_t>(moment)].name;
}

IncidentLog read_incident_log(std::shared_ptr<const SourceFile> file,
                              const LogOptions& options) {
  LogReader reader(file, options);
  IncidentLog log = reader.read();
  if (!options.find_split) return log;
  const auto joined = joined_services(reader.names(), options.split);
  if (!joined) return log;
  LogOptions split = options;
  split.split += joined->by;
  log = LogReader(std::move(file), split).read();
  log.split_found = joined->by;
  log.split_example = joined->example;
  return log;
}

}  // namespace outagesim
