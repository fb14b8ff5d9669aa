// All elements of a document that belong to BPMN (without diagrams and extensions), found by id and
// with their places. Views into the document, which must live longer. Not changed after building.
#pragma once

#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hougu::process {

struct Item {
  pugi::xml_node node;
  std::string_view kind;  // local name: "userTask"
  std::string id;
  std::size_t parent;  // kNowhere for definitions
};

class Index {
 public:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
  explicit Index(const pugi::xml_node& definitions);

  std::span<const Item> items() const { return items_; }
  const Item& operator[](std::size_t at) const { return items_[at]; }
  // The element a reference means, as a plain id or a qualified name; nullptr when there is none.
  const Item* find(std::string_view reference) const;
  const Item* of(const pugi::xml_node& node) const;
  const Item* parent(const Item& item) const;
  // The nearest element around it of one of these kinds; nullptr when there is none.
  const Item* around(const Item& item, std::span<const std::string_view> kinds) const;
  const std::vector<std::string>& duplicates() const { return duplicates_; }

 private:
  std::vector<Item> items_{};
  std::unordered_map<std::string_view, std::size_t> by_id_{};
  std::unordered_map<const void*, std::size_t> by_node_{};
  std::vector<std::string> duplicates_{};
};

// Groups of kinds that the standard's rules speak of.
namespace kinds {
bool in(std::span<const std::string_view> group, std::string_view kind);
extern const std::span<const std::string_view> tasks;
extern const std::span<const std::string_view> sub_processes;  // transaction and ad-hoc too
extern const std::span<const std::string_view> activities;
extern const std::span<const std::string_view> gateways;
extern const std::span<const std::string_view> events;
extern const std::span<const std::string_view> flow_nodes;
extern const std::span<const std::string_view> choreography;  // activities of choreographies
extern const std::span<const std::string_view> scopes;        // with flow elements of their own
extern const std::span<const std::string_view> callable;
extern const std::span<const std::string_view> event_definitions;
extern const std::span<const std::string_view> item_aware;
}  // namespace kinds
}  // namespace hougu::process
