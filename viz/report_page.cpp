#include "viz/report_page.h"

// The assembler takes the file in as it is: no Node is needed to build.
__asm__(
    ".section .rodata\n"
    "kOutagesimReportTemplate:\n"
    ".incbin \"" OUTAGESIM_REPORT_TEMPLATE
    "\"\n"
    "kOutagesimReportTemplateEnd:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const char kOutagesimReportTemplate[];
extern const char kOutagesimReportTemplateEnd[];
}

namespace outagesim {
namespace {

constexpr std::string_view kTitleMark = "@@TITLE@@";
constexpr std::string_view kDataMark = "@@DATA@@";

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '<':
        safe += "&lt;";
        break;
      case '&':
        safe += "&amp;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

}  // namespace

std::string_view report_template() {
  return {kOutagesimReportTemplate,
          static_cast<std::size_t>(kOutagesimReportTemplateEnd -
                                   kOutagesimReportTemplate)};
}

std::string report_page(std::string_view title, std::string_view json) {
  const std::string_view page = report_template();
  const std::size_t at_title = page.find(kTitleMark);
  const std::size_t at_data = page.find(kDataMark);  // as in the template
  if (at_title == page.npos || at_data < at_title) return {};
  const std::size_t after_title = at_title + kTitleMark.size();
  std::string filled(page.substr(0, at_title));
  filled += escaped(title);
  filled += page.substr(after_title, at_data - after_title);
  filled += json;
  filled += page.substr(at_data + kDataMark.size());
  return filled;
}

}  // namespace outagesim
