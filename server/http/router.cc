#include "http/router.h"

#include <algorithm>
#include <cassert>

namespace hougu::http {
namespace {
constexpr std::size_t kMethods = 7;

std::size_t index_of(Method method) { return static_cast<std::size_t>(method); }

// Takes the first segment off "/a/b": gives "a" and leaves "/b".
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto end = std::min(path.find('/'), path.size());
  const auto segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}
}  // namespace

struct RouteTree::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> parameters;  // by name
  std::unique_ptr<Node> rest;
  std::string rest_name;
  std::array<int, kMethods> routes;
  bool has_routes = false;

  Node() { routes.fill(-1); }
  Node& child(std::string_view segment);
  const Node* find(std::string_view path, PathParameters& parameters_out) const;
  const Node* find_below(const Node& node, std::string_view name, std::string_view value,
                         std::string_view path, PathParameters& out) const;
};

std::string_view PathParameters::operator[](std::string_view name) const {
  for (std::size_t i = 0; i < size_; ++i)
    if (values_[i].first == name) return values_[i].second;
  return {};
}

RouteTree::RouteTree() : root_(std::make_unique<Node>()) {}
RouteTree::~RouteTree() = default;
RouteTree::RouteTree(RouteTree&&) noexcept = default;
RouteTree& RouteTree::operator=(RouteTree&&) noexcept = default;

RouteTree::Node& RouteTree::Node::child(std::string_view segment) {
  if (segment.size() < 2 || segment.front() != '{' || segment.back() != '}') {
    auto& node = fixed[std::string(segment)];
    if (!node) node = std::make_unique<Node>();
    return *node;
  }
  auto name = segment.substr(1, segment.size() - 2);
  if (!name.empty() && name.back() == '*') {
    name.remove_suffix(1);
    if (!rest) rest = std::make_unique<Node>();
    rest_name = name;
    return *rest;
  }
  for (auto& [known, node] : parameters)
    if (known == name) return *node;
  parameters.emplace_back(std::string(name), std::make_unique<Node>());
  return *parameters.back().second;
}

void RouteTree::add(Method method, std::string_view pattern, int route) {
  assert(!pattern.empty() && pattern.front() == '/' && route >= 0);
  assert(static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '{')) <=
         PathParameters::kMax);
  Node* node = root_.get();
  while (!pattern.empty()) node = &node->child(take_segment(pattern));
  auto& slot = node->routes[index_of(method)];
  assert(slot < 0 && "the same route twice");
  slot = route;
  node->has_routes = true;
}

const RouteTree::Node* RouteTree::Node::find_below(const Node& node, std::string_view name,
                                                   std::string_view value, std::string_view path,
                                                   PathParameters& out) const {
  const auto size = out.size_;
  out.values_[out.size_++] = {name, value};
  const auto* found = node.find(path, out);
  if (!found) out.size_ = size;
  return found;
}

const RouteTree::Node* RouteTree::Node::find(std::string_view path, PathParameters& out) const {
  if (path.empty()) return has_routes ? this : nullptr;
  const auto whole = path.substr(1);
  const auto segment = take_segment(path);
  if (const auto it = fixed.find(segment); it != fixed.end())
    if (const auto* found = it->second->find(path, out)) return found;
  if (!segment.empty()) {
    for (const auto& [name, node] : parameters)
      if (const auto* found = find_below(*node, name, segment, path, out)) return found;
  }
  return rest ? find_below(*rest, rest_name, whole, {}, out) : nullptr;
}

RouteMatch RouteTree::match(Method method, std::string_view path) const {
  RouteMatch match;
  if (path.empty() || path.front() != '/') return match;
  const auto* node = root_->find(path, match.parameters);
  if (!node) return match;
  match.route = node->routes[index_of(method)];
  const int get = node->routes[index_of(Method::kGet)];
  if (match.route < 0 && method == Method::kHead) match.route = get;
  if (match.route >= 0) {
    match.outcome = RouteMatch::Outcome::kFound;
    return match;
  }
  match.outcome = RouteMatch::Outcome::kMethodNotAllowed;
  for (std::size_t i = 0; i < kMethods; ++i) {
    const bool by_get = static_cast<Method>(i) == Method::kHead && get >= 0;
    if (node->routes[i] < 0 && !by_get) continue;
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += method_name(static_cast<Method>(i));
  }
  return match;
}
}  // namespace hougu::http
