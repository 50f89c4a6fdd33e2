#include "tests/bench/docs_page.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace outagesim::bench {

void write_measured(const std::filesystem::path& page,
                    const std::string& text) {
  std::ostringstream read;
  read << std::ifstream(page).rdbuf();
  std::string all = read.str();
  const auto from = all.find(kMeasuredFrom), to = all.find(kMeasuredTo);
  if (from == std::string::npos || to == std::string::npos || to < from) {
    throw std::runtime_error(page.string() +
                             " has no place for what is measured");
  }
  const auto begin = from + std::string(kMeasuredFrom).size();
  all.replace(begin, to - begin, text);
  std::ofstream file(page);
  if (!(file << all).flush()) {
    throw std::runtime_error("cannot write " + page.string());
  }
}

}  // namespace outagesim::bench
