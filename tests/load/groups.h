// The measurements of bin/bench.
#pragma once

#include <cstdint>
#include <string>

#include "load/figures.h"

namespace hougu::load {

struct Bench {
  std::string program;              // the hougu to measure
  std::string folder = "/var/tmp";  // for data, on a real disk
  std::string postgres;             // URL of a cluster of our own; a database per run is made in it
  std::int64_t tickets = 1'000'000;
  std::string large_data;  // folder with the large demo, made on first need
  Figures figures;
};

void bench_start(Bench& bench);
void bench_ticket(Bench& bench);
void bench_list(Bench& bench);
void bench_search(Bench& bench);
void bench_feel(Bench& bench);
}  // namespace hougu::load
