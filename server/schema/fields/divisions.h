// Administrative divisions of China by GB/T 2260 codes (province, city, district or county), from
// the table that tools/make_divisions makes. Levels that only fill the code have no entry: Shanghai
// has districts right under the province, Dongguan has none under the city.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace hougu::schema {

extern const char kDivisionsTable[];  // "110000name 110101name …", ascending

struct Division {
  std::string_view code;  // six digits
  std::string_view name;
};

// The names of the levels of one code; those that it doesn't have are empty.
struct Place {
  std::string_view province, city, district;
  std::string text() const;  // all of them, one behind the other
};

struct PlaceMatch {
  std::string code;
  std::string rest;  // what follows in the text: the street
};

// Constant after the first call; thread-safe.
class Divisions {
 public:
  static const Divisions& all();

  const Division* find(std::string_view code) const;
  // nullopt for an unknown code.
  std::optional<Place> place(std::string_view code) const;
  // The next level below; "" gives the provinces.
  std::vector<const Division*> children(std::string_view code) const;
  // [{"code","name","children":[…]}]
  json::array tree() const;
  // Reads the division at the head of an address as people write it: with or without the province,
  // short names too.
  std::optional<PlaceMatch> match(std::string_view address) const;

 private:
  Divisions();
  json::array tree_below(std::string_view code) const;
  std::vector<Division> entries_;  // ascending by code
};
}  // namespace hougu::schema
