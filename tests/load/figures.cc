#include "load/figures.h"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "base/json.h"

namespace hougu::load {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void Figures::add(Figure figure) {
  std::printf("  %-34s %12.2f %s\n", figure.name.c_str(), figure.value, figure.unit.c_str());
  std::fflush(stdout);
  figures_.push_back(std::move(figure));
}

void Figures::print() const {
  std::printf("\n%-10s %-34s %12s %-6s %12s %8s %10s\n", "group", "name", "value", "unit", "limit",
              "ratio", "asked");
  for (const auto& figure : figures_) {
    std::printf("%-10s %-34s %12.2f %-6s ", figure.group.c_str(), figure.name.c_str(), figure.value,
                figure.unit.c_str());
    if (figure.limit > 0)
      std::printf("%12.2f %8.2f ", figure.limit, figure.value / figure.limit);
    else
      std::printf("%12s %8s ", "", "");
    if (figure.target > 0) {
      const bool met =
          figure.smaller_is_better ? figure.value <= figure.target : figure.value >= figure.target;
      std::printf("%s%9.4g%s", figure.smaller_is_better ? "<=" : ">=", figure.target,
                  met ? "" : "  missed");
    }
    std::printf("\n");
  }
}

bool Figures::write_json(const std::string& file) const {
  json::array list;
  for (const auto& figure : figures_) {
    json::object entry{{"group", figure.group}, {"name", figure.name}, {"value", figure.value},
                       {"unit", figure.unit},   {"limit", nullptr},    {"ratio", nullptr}};
    if (figure.limit > 0) {
      entry["limit"] = figure.limit;
      entry["ratio"] = figure.value / figure.limit;
    }
    list.emplace_back(std::move(entry));
  }
  std::ofstream out(file);
  out << json::serialize(list) << '\n';
  return out.good();
}
}  // namespace hougu::load
