// The roof: the only place that catches.
#include <iostream>

#include "models/base/version.h"

int main() {
  std::cout << "outagesim " << outagesim::version() << '\n';
  return 0;
}
