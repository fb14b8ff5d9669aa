#include "schema/fields/divisions.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hougu::schema {
namespace {

// The endings that people leave out, longest first: special administrative region, the autonomous
// regions with their peoples, province, city; autonomous prefecture, prefecture, league; district,
// county, banner.
constexpr std::array<std::string_view, 14> kEndings = {"\u7279\u522b\u884c\u653f\u533a",
                                                       "\u7ef4\u543e\u5c14\u81ea\u6cbb\u533a",
                                                       "\u58ee\u65cf\u81ea\u6cbb\u533a",
                                                       "\u56de\u65cf\u81ea\u6cbb\u533a",
                                                       "\u81ea\u6cbb\u533a",
                                                       "\u81ea\u6cbb\u5dde",
                                                       "\u5730\u533a",
                                                       "\u65b0\u533a",
                                                       "\u7701",
                                                       "\u5e02",
                                                       "\u76df",
                                                       "\u533a",
                                                       "\u53bf",
                                                       "\u65d7"};

std::string_view short_name(std::string_view name) {
  for (const auto ending : kEndings) {
    // two characters have to stay, or half of all streets would begin with a county
    if (name.size() >= ending.size() + 6 && name.ends_with(ending))
      return name.substr(0, name.size() - ending.size());
  }
  return name;
}

// How much of the head of `text` names the division.
std::size_t matched(std::string_view text, std::string_view name) {
  if (text.starts_with(name)) return name.size();
  const auto brief = short_name(name);
  return text.starts_with(brief) ? brief.size() : 0;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() &&
         (text.front() == ' ' || text.front() == ',' || text.front() == '/' || text.front() == '-'))
    text.remove_prefix(1);
  return text;
}

bool is_province(std::string_view code) { return code.substr(2) == "0000"; }
bool is_city(std::string_view code) { return !is_province(code) && code.substr(4) == "00"; }
}  // namespace

std::string Place::text() const {
  return std::string(province) + std::string(city) + std::string(district);
}

const Divisions& Divisions::all() {
  static const Divisions kAll;
  return kAll;
}

Divisions::Divisions() {
  const std::string_view table = kDivisionsTable;
  entries_.reserve(3500);
  for (std::size_t at = 0; at < table.size();) {
    const auto begin = table.find_first_not_of(" \n", at);
    if (begin == std::string_view::npos) break;
    const auto end = std::min(table.find_first_of(" \n", begin), table.size());
    entries_.push_back({table.substr(begin, 6), table.substr(begin + 6, end - begin - 6)});
    at = end;
  }
}

const Division* Divisions::find(std::string_view code) const {
  const auto it = std::lower_bound(
      entries_.begin(), entries_.end(), code,
      [](const Division& entry, std::string_view wanted) { return entry.code < wanted; });
  return it != entries_.end() && it->code == code ? &*it : nullptr;
}

std::optional<Place> Divisions::place(std::string_view code) const {
  const auto* self = find(code);
  if (self == nullptr) return std::nullopt;
  Place place;
  if (const auto* province = find(std::string(code.substr(0, 2)) + "0000"))
    place.province = province->name;
  if (is_province(code)) return place;
  if (const auto* city = find(std::string(code.substr(0, 4)) + "00")) place.city = city->name;
  if (!is_city(code)) place.district = self->name;
  return place;
}

std::vector<const Division*> Divisions::children(std::string_view code) const {
  std::vector<const Division*> out;
  for (const auto& entry : entries_) {
    if (code.empty()) {
      if (is_province(entry.code)) out.push_back(&entry);
      continue;
    }
    if (entry.code == code) continue;
    if (is_province(code)) {
      if (entry.code.substr(0, 2) != code.substr(0, 2)) continue;
      const bool below_a_city =
          !is_city(entry.code) && find(std::string(entry.code.substr(0, 4)) + "00") != nullptr;
      if (!below_a_city) out.push_back(&entry);
    } else if (is_city(code) && entry.code.substr(0, 4) == code.substr(0, 4)) {
      out.push_back(&entry);
    }
  }
  return out;
}

json::array Divisions::tree_below(std::string_view code) const {
  json::array out;
  for (const auto* entry : children(code)) {
    json::object node{{"code", json::string(entry->code)}, {"name", json::string(entry->name)}};
    const bool leaf = !is_province(entry->code) && !is_city(entry->code);
    if (auto below = leaf ? json::array() : tree_below(entry->code); !below.empty())
      node["children"] = std::move(below);
    out.push_back(std::move(node));
  }
  return out;
}

json::array Divisions::tree() const { return tree_below(""); }

std::optional<PlaceMatch> Divisions::match(std::string_view address) const {
  std::string_view rest = without_blanks(trimmed(address));
  std::string_view code;
  // The longest name wins at each level.
  const auto step = [&](const std::vector<const Division*>& candidates) {
    const Division* best = nullptr;
    std::size_t longest = 0;
    for (const auto* candidate : candidates) {
      if (const auto length = matched(rest, candidate->name); length > longest) {
        best = candidate;
        longest = length;
      }
    }
    if (best == nullptr) return false;
    code = best->code;
    rest = without_blanks(rest.substr(longest));
    return true;
  };
  if (!step(children(""))) {
    std::vector<const Division*> cities;
    for (const auto& entry : entries_)
      if (is_city(entry.code)) cities.push_back(&entry);
    if (!step(cities)) return std::nullopt;
  }
  if (is_province(code)) {
    // "Shanghai, Shanghai, Pudong": the repeated municipality is skipped
    const auto* province = find(code);
    if (rest.starts_with(province->name)) rest = without_blanks(rest.substr(province->name.size()));
    step(children(code));
  }
  if (is_city(code)) step(children(code));
  return PlaceMatch{std::string(code), std::string(rest)};
}
}  // namespace hougu::schema
