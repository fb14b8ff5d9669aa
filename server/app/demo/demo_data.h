// The demo's raw material (packs/after_sales/demo/demo.json) and the dice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/json.h"

namespace hougu::app {

// One seeded source of choices; the same seed makes the same organisation.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  std::int64_t between(std::int64_t from, std::int64_t to) {  // both inclusive
    return from + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(to - from + 1)));
  }
  bool chance(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }
  const json::value& pick(const json::array& items) { return items[below(items.size())]; }
  std::string text(const json::array& items) { return std::string(pick(items).as_string()); }
  template <typename T>
  const T& pick(const std::vector<T>& items) {
    return items[below(items.size())];
  }

 private:
  SeededRandom random_;
};

struct DemoData {
  json::object root;

  static Result<DemoData> load();
  const json::array& list(std::string_view key) const { return root.at(key).as_array(); }
  const json::object& part(std::string_view key) const { return root.at(key).as_object(); }
  std::string person(Dice& dice) const;
  std::string mobile(Dice& dice) const;
};

struct DemoPerson {
  Id id;
  std::string name;
};

struct DemoOutlet {
  const json::object* data = nullptr;
  Id unit, team;
  std::vector<DemoPerson> engineers;
};

// What the people and things of the organisation are, once made.
struct DemoCompany {
  DemoPerson admin, manager;
  std::vector<DemoPerson> agents;
  std::vector<DemoOutlet> outlets;
  std::vector<Id> products;
  struct Customer {
    Id id;
    std::size_t outlet = 0;
    std::string name, phone;
    json::object address;
  };
  std::vector<Customer> customers;
  struct Device {
    Id id;
    std::size_t customer = 0, product = 0;
    std::int64_t installed = 0;  // epoch ms
  };
  std::vector<Device> devices;
};
}  // namespace hougu::app
