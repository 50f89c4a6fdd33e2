// The HTML report: the viewer that is built into the program, filled with data.
// The viewer's sources are in viz/web; CI rebuilds it from them.
#pragma once

#include <string>
#include <string_view>

namespace outagesim {

// The page without data, as viz/web/template.html.
std::string_view report_template();

// One self-contained page. `json` as report_json() gives it; the title may
// hold anything.
std::string report_page(std::string_view title, std::string_view json);

}  // namespace outagesim
