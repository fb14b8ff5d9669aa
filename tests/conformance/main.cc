// hougu_conformance SUITE DIR [--json FILE] [--failures]
#include <cstdio>
#include <cstring>

#include "conformance/suites.h"

int main(int count, char** arguments) {
  if (count >= 2 && std::strcmp(arguments[1], "dmn-tck") == 0) {
    return hougu::conformance::run_dmn_tck(count - 2, arguments + 2);
  }
  std::fprintf(stderr,
               "usage: bin/conformance SUITE DIR [--json FILE] [--failures]\nSuites: dmn-tck\n");
  return 2;
}
