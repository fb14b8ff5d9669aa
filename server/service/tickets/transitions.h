// Which verb is allowed in which state: the tables of docs/api.md as data.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hougu::service {

struct Transition {
  std::string_view verb;   // in the URL and the role: "assign"
  std::string_view event;  // in the history: "assigned"
  std::vector<std::string_view> from;
  std::string_view to;  // "": the verb decides or the state stays
};

std::span<const Transition> ticket_transitions();
std::span<const Transition> visit_transitions();

const Transition* find_transition(std::span<const Transition> table, std::string_view verb);
bool allowed(const Transition& transition, std::string_view status);
// Verbs whose `from` contains the status.
std::vector<std::string> verbs_from(std::span<const Transition> table, std::string_view status);

// kConflict "<entity>.illegal_transition" when it isn't allowed.
Result<void> check_transition(std::string_view entity, const Transition& transition,
                              std::string_view status);

inline constexpr std::string_view kOpenTicketStates[] = {"new", "open", "assigned", "in_progress",
                                                         "paused"};
inline constexpr std::string_view kOpenVisitStates[] = {"planned", "assigned", "accepted",
                                                        "travelling", "arrived"};
bool is_open_ticket(std::string_view status);
bool is_open_visit(std::string_view status);
}  // namespace hougu::service
