#include "models/import/date_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <string>

namespace outagesim {
namespace {

constexpr std::string_view kExpected =
    "expected a date and time such as 2024-12-26T18:40:00Z";

// Reads pieces of a text from its front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) { skip_blanks(); }

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  // A number of at least one digit; its length too.
  std::optional<std::int64_t> number() {
    std::int64_t value = 0;
    const auto read =
        std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const bool digits = !rest_.empty() && std::isdigit(rest_.front()) != 0;
    if (read.ec != std::errc{} || !digits) return std::nullopt;
    rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
    return value;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string word() {
    std::string letters;
    while (!rest_.empty() &&
           std::isalpha(static_cast<unsigned char>(rest_.front())) != 0) {
      letters += static_cast<char>(
          std::tolower(static_cast<unsigned char>(rest_.front())));
      rest_.remove_prefix(1);
    }
    return letters;
  }
  void skip_blanks() {
    while (take(' ') || take('\t')) {
    }
  }

 private:
  std::string_view rest_;
};

struct Moment {
  CivilDate date;
  int hour = 0, minute = 0, second = 0;
  std::optional<std::int64_t> offset;  // seconds east of UTC
};

using Whole = std::optional<std::int64_t>;

bool in_range(const Whole& x, std::int64_t low, std::int64_t high) {
  return x && *x >= low && *x <= high;
}

std::optional<unsigned> month_of(const std::string& word) {
  static constexpr std::array<std::string_view, 12> kMonths{
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (word.size() < 3) return std::nullopt;
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i].starts_with(word)) return i + 1;
  }
  return std::nullopt;
}

std::optional<CivilDate> civil(Whole year, Whole month, Whole day) {
  if (!in_range(year, 1970, 9999) || !in_range(month, 1, 12) ||
      !in_range(day, 1, 31)) {
    return std::nullopt;
  }
  const CivilDate date{static_cast<int>(*year), static_cast<unsigned>(*month),
                       static_cast<unsigned>(*day)};
  return exists(date) ? std::optional(date) : std::nullopt;
}

// "Dec 26, 2024"
std::optional<CivilDate> month_name_first(Scanner& in) {
  const auto month = month_of(in.word());
  in.take('.');
  in.skip_blanks();
  const Whole day = in.number();
  in.take(',');
  in.skip_blanks();
  const Whole year = in.number();
  return month ? civil(year, *month, day) : std::nullopt;
}

std::optional<CivilDate> by_slashes(Whole first, Whole second, Whole year,
                                    DateOrder order) {
  if (order == DateOrder::kUnknown) {
    if (in_range(first, 13, 31)) order = DateOrder::kDayFirst;
    if (in_range(second, 13, 31)) order = DateOrder::kMonthFirst;
  }
  if (order == DateOrder::kUnknown) return std::nullopt;
  return order == DateOrder::kDayFirst ? civil(year, second, first)
                                       : civil(year, first, second);
}

// "26 Dec 2024": the day is read.
std::optional<CivilDate> month_name_second(Scanner& in, Whole day) {
  in.skip_blanks();
  in.take('-');
  const auto month = month_of(in.word());
  in.take('.');
  in.take(',');
  in.take('-');
  in.skip_blanks();
  const Whole year = in.number();
  return month ? civil(year, *month, day) : std::nullopt;
}

std::optional<CivilDate> read_date(Scanner& in, DateOrder order) {
  const Whole first = in.number();
  if (!first) return month_name_first(in);
  if (in.take('-')) {
    if (!in_range(first, 1970, 9999)) return month_name_second(in, first);
    const Whole month = in.number();
    if (!in.take('-')) return std::nullopt;
    return civil(first, month, in.number());
  }
  if (in.take('.')) {
    const Whole month = in.number();
    if (!in.take('.')) return std::nullopt;
    return civil(in.number(), month, first);
  }
  if (in.take('/')) {
    const Whole second = in.number();
    if (!in.take('/')) return std::nullopt;
    const Whole third = in.number();
    if (in_range(first, 1970, 9999)) return civil(first, second, third);
    return by_slashes(first, second, third, order);
  }
  return month_name_second(in, first);
}

// "18:40", "18:40:05.123", "6:40 PM"
bool read_clock(Scanner& in, Moment& moment) {
  const Whole hour = in.number();
  if (!in_range(hour, 0, 23) || !in.take(':')) return false;
  const Whole minute = in.number();
  if (!in_range(minute, 0, 59)) return false;
  Whole second = 0;
  if (in.take(':')) {
    second = in.number();
    if (!in_range(second, 0, 59)) return false;
    if (in.take('.') && !in.number()) return false;
  }
  moment.hour = static_cast<int>(*hour);
  moment.minute = static_cast<int>(*minute);
  moment.second = static_cast<int>(*second);
  in.skip_blanks();
  return true;
}

bool read_half(Scanner& in, const std::string& word, Moment& moment) {
  if (word != "am" && word != "pm") return false;
  if (moment.hour < 1 || moment.hour > 12) return false;
  moment.hour = moment.hour % 12 + (word == "pm" ? 12 : 0);
  in.skip_blanks();
  return true;
}

struct NamedOffset {
  std::string_view name;
  int hours = 0;
};
// Those of RFC 5322, section 4.3, and of Europe and Japan; not BST, IST or
// AST, which mean several things.
constexpr std::array<NamedOffset, 19> kNamedOffsets{{{"z", 0},
                                                     {"utc", 0},
                                                     {"gmt", 0},
                                                     {"ut", 0},
                                                     {"est", -5},
                                                     {"edt", -4},
                                                     {"cst", -6},
                                                     {"cdt", -5},
                                                     {"mst", -7},
                                                     {"mdt", -6},
                                                     {"pst", -8},
                                                     {"pdt", -7},
                                                     {"wet", 0},
                                                     {"west", 1},
                                                     {"cet", 1},
                                                     {"cest", 2},
                                                     {"eet", 2},
                                                     {"eest", 3},
                                                     {"jst", 9}}};

// "Z", "UTC", "PST", "+03:00", "-0800", "+03"
bool read_offset(Scanner& in, Moment& moment) {
  std::string word = in.word();
  if (read_half(in, word, moment)) word = in.word();
  const auto named = std::ranges::find(kNamedOffsets, word, &NamedOffset::name);
  if (named != kNamedOffsets.end()) moment.offset = named->hours * 3600;
  if (!word.empty() && !moment.offset) return false;
  if (in.done()) return true;
  const bool east = in.take('+');
  if (!east && !in.take('-')) return false;
  const std::size_t before = in.rest().size();
  const Whole hours = in.number();
  const std::size_t digits = before - in.rest().size();
  Whole minutes = 0;
  if (in.take(':')) minutes = in.number();
  if (!hours || !minutes) return false;
  const std::int64_t total =
      digits == 4 ? *hours / 100 * 60 + *hours % 100 : *hours * 60 + *minutes;
  if (total > 18 * 60) return false;
  moment.offset = (east ? 1 : -1) * total * 60;
  return in.done();
}

std::optional<UtcTime> unix_time(std::string_view text) {
  std::int64_t value = 0;
  const auto read =
      std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc{} &&
                     read.ptr == text.data() + text.size() && value >= 0;
  if (!whole || text.size() < 9 || text.size() > 13) return std::nullopt;
  return UtcTime{text.size() > 11 ? value / 1000 : value};
}

UtcTime in_zone(UtcTime local, const DateReading& reading) {
  const TimeZone& zone = reading.zone;
  // The offset that holds at the moment which it makes of the local time: that
  // of the day before, or of the day after.
  const std::int64_t day = reading.second ? -86400 : 86400;
  for (const std::int64_t guess : {day, -day}) {
    const auto offset = static_cast<std::int64_t>(
        offset_at(zone, UtcTime{local.seconds - guess}).value);
    const UtcTime utc{local.seconds - offset};
    if (static_cast<std::int64_t>(offset_at(zone, utc).value) == offset) {
      return utc;
    }
  }
  const auto before = static_cast<std::int64_t>(
      offset_at(zone, UtcTime{local.seconds - 86400}).value);
  return UtcTime{local.seconds - before};
}

bool slashes_unclear(std::string_view text, DateOrder order) {
  return order == DateOrder::kUnknown && std::ranges::count(text, '/') == 2;
}

}  // namespace

Parsed<UtcTime> parse_moment(std::string_view text,
                             const DateReading& reading) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  if (const auto seconds = unix_time(text)) return parsed(*seconds);
  Scanner in(text);
  Moment moment;
  const auto date = read_date(in, reading.order);
  if (!date) {
    std::string error(kExpected);
    if (slashes_unclear(text, reading.order)) {
      error = "day or month first? say --date-order dmy or mdy";
    }
    return not_parsed<UtcTime>(error);
  }
  moment.date = *date;
  in.take('T');
  in.take(',');
  in.skip_blanks();
  const bool fine =
      in.done() || (read_clock(in, moment) && read_offset(in, moment));
  if (!fine) return not_parsed<UtcTime>(std::string(kExpected));
  const UtcTime local =
      utc_time(moment.date, moment.hour, moment.minute, moment.second);
  if (moment.offset) return parsed(UtcTime{local.seconds - *moment.offset});
  return parsed(in_zone(local, reading));
}

}  // namespace outagesim
