#include "app/demo/demo_data.h"

#include "app/web_assets.h"

namespace hougu::app {

Result<DemoData> DemoData::load() {
  const auto* file = find_pack_file("after_sales/demo/demo.json");
  if (!file) return internal("the program holds no demo data");
  HOUGU_TRY(auto value, parse_json(file->bytes));
  DemoData data;
  data.root = std::move(value.as_object());
  return data;
}

std::string DemoData::person(Dice& dice) const {
  return dice.text(list("surnames")) + dice.text(list("given"));
}

std::string DemoData::mobile(Dice& dice) const {
  static constexpr const char* kPrefixes[] = {"130", "135", "136", "138", "139", "150", "151",
                                              "158", "159", "177", "180", "186", "187", "189"};
  std::string number = kPrefixes[dice.below(std::size(kPrefixes))];
  for (int i = 0; i < 8; ++i) number += static_cast<char>('0' + dice.below(10));
  return number;
}
}  // namespace hougu::app
