#include "feel/environment.h"

#include "feel/lexer.h"

namespace hougu::feel {

void NameIndex::add(std::string_view name, std::uint32_t id) {
  std::vector<std::string> parts = name_parts(name);
  if (parts.empty()) return;
  const std::string first = parts[0];
  by_first_[first].push_back({std::move(parts), id});
}

NameIndex::Match NameIndex::longest(std::string_view source, std::size_t at) const {
  Match best;
  std::size_t end = word_end(source, at);
  if (end == at) return best;
  const auto found = by_first_.find(std::string(source.substr(at, end - at)));
  if (found == by_first_.end()) return best;
  for (const Entry& entry : found->second) {
    const std::size_t behind = match_name(source, at, entry.parts);
    if (behind != std::string_view::npos && behind >= best.end) best = {entry.id, behind};
  }
  return best;
}

std::uint32_t Environment::add(std::string_view name, TypePtr type) {
  const auto slot = static_cast<std::uint32_t>(variables_.size());
  variables_.push_back({normal_name(name), std::move(type)});
  names_.add(name, slot);
  return slot;
}

void Environment::add_type(std::string_view name, TypePtr type) {
  type_names_.add(name, static_cast<std::uint32_t>(types_.size()));
  types_.push_back(std::move(type));
}
}  // namespace hougu::feel
