// Finds the route of a request: a tree of path segments, built once and then read from any thread.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"

namespace hougu::http {

// Values of the {parameters} of a pattern. They look into the matched path and the router.
class PathParameters {
 public:
  static constexpr std::size_t kMax = 8;
  // "" when the pattern has no such parameter.
  std::string_view operator[](std::string_view name) const;
  std::size_t size() const { return size_; }
  // Name and value, in the order of the pattern.
  std::pair<std::string_view, std::string_view> at(std::size_t i) const { return values_[i]; }

 private:
  friend class RouteTree;
  std::array<std::pair<std::string_view, std::string_view>, kMax> values_{};
  std::size_t size_ = 0;
};

struct RouteMatch {
  enum class Outcome { kFound, kNotFound, kMethodNotAllowed };
  Outcome outcome = Outcome::kNotFound;
  int route = -1;  // what add() was given
  PathParameters parameters;
  std::string allow;  // kMethodNotAllowed: "GET, HEAD, POST", the value of the Allow header
};

class RouteTree {
 public:
  RouteTree();
  ~RouteTree();
  RouteTree(RouteTree&&) noexcept;
  RouteTree& operator=(RouteTree&&) noexcept;

  // Pattern: "/api/v1/{entity}/{id}"; "{name*}" as the last segment takes the rest of the path,
  // also an empty one. Static segments win over parameters, parameters over the rest. Adding the
  // same method and pattern twice, or more than PathParameters::kMax parameters, is a programmer's
  // error.
  void add(Method method, std::string_view pattern, int route);
  // HEAD is answered by the GET route where it has none of its own.
  RouteMatch match(Method method, std::string_view path) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

// The same with a payload of any type instead of a number.
template <typename T>
class Router {
 public:
  struct Match {
    RouteMatch::Outcome outcome;
    const T* payload;  // nullptr unless found
    PathParameters parameters;
    std::string allow;
  };

  void add(Method method, std::string_view pattern, T payload) {
    tree_.add(method, pattern, static_cast<int>(payloads_.size()));
    payloads_.push_back(std::move(payload));
  }
  Match match(Method method, std::string_view path) const {
    auto found = tree_.match(method, path);
    const T* payload =
        found.route < 0 ? nullptr : &payloads_[static_cast<std::size_t>(found.route)];
    return {found.outcome, payload, found.parameters, std::move(found.allow)};
  }

 private:
  RouteTree tree_;
  std::vector<T> payloads_;
};
}  // namespace hougu::http
