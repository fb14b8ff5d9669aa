// The figures of a run: medians, printed as a table and written as JSON.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace hougu::load {

struct Figure {
  std::string group, name;
  double value = 0;
  std::string unit;
  double limit = 0;   // the raw limit or rival of the same run; 0: none
  double target = 0;  // what the product is held to; 0: none
  bool smaller_is_better = false;
};

class Figures {
 public:
  void add(Figure figure);
  void print() const;
  // [{"group","name","value","unit","limit","ratio"}]; limit and ratio are null where there is
  // none.
  bool write_json(const std::string& file) const;

 private:
  std::vector<Figure> figures_;
};

double median(std::vector<double> values);
}  // namespace hougu::load
