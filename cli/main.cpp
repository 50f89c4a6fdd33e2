// The roof: the only place that catches.
#include <cstdio>

int main() {
  std::puts("outagesim 0.1.0");
  return 0;
}
