#include "viz/log_text.h"

#include "models/base/text.h"

namespace outagesim {
namespace {

std::string filters_text(const IncidentLog& log) {
  std::string text;
  for (const LogFilter& filter : log.filters) {
    text += text.empty() ? "" : ", ";
    text += printable(filter.column) + (filter.equal ? "=" : "!=") +
            printable(filter.value);
  }
  return text;
}

}  // namespace

std::string kept_text(const std::string& file, const IncidentLog& log) {
  return printable(file) + ": " + std::to_string(log.rows) + " rows, " +
         std::to_string(log.incidents.size()) + " incidents kept";
}

std::string left_out_text(const IncidentLog& log) {
  std::string text;
  const auto told = [&](std::uint64_t n, const std::string& why) {
    if (n > 0) text += "; " + std::to_string(n) + ' ' + why;
  };
  told(log.filtered, "left out by --where " + filters_text(log));
  told(log.other_service, "of no service asked for");
  told(log.other_time, "outside --since and --until");
  if (!log.split_found.empty()) {
    text += "; services are split at \"" + printable(log.split_found) +
            "\" too, as all parts of \"" + printable(log.split_example) +
            "\" stand alone elsewhere (--split \"" +
            ";|\" keeps them together)";
  }
  told(log.twice,
       "local times come twice as clocks are put back: read as the first, or "
       "the second where the incident would end before it begins");
  return text;
}

}  // namespace outagesim
