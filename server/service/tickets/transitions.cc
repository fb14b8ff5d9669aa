#include "service/tickets/transitions.h"

#include <algorithm>

namespace hougu::service {

std::span<const Transition> ticket_transitions() {
  static const std::vector<Transition> kTable{
      {"triage", "triaged", {"new"}, "open"},
      {"assign", "assigned", {"new", "open", "assigned", "in_progress", "paused"}, ""},
      {"pause", "paused", {"open", "assigned", "in_progress"}, "paused"},
      {"resume", "resumed", {"paused"}, ""},
      {"resolve", "resolved", {"open", "assigned", "in_progress"}, "resolved"},
      {"close", "closed", {"resolved", "new", "open", "assigned", "in_progress"}, "closed"},
      {"reopen", "reopened", {"resolved", "closed", "cancelled"}, "open"},
      {"cancel", "cancelled", {"new", "open", "assigned", "in_progress", "paused"}, "cancelled"},
      {"merge",
       "merged",
       {"new", "open", "assigned", "in_progress", "paused", "resolved"},
       "closed"},
      {"split", "split", {"new", "open", "assigned", "in_progress", "paused", "resolved"}, ""},
      {"link",
       "linked",
       {"new", "open", "assigned", "in_progress", "paused", "resolved", "closed", "cancelled"},
       ""},
      {"unlink",
       "unlinked",
       {"new", "open", "assigned", "in_progress", "paused", "resolved", "closed", "cancelled"},
       ""},
      {"message",
       "messaged",
       {"new", "open", "assigned", "in_progress", "paused", "resolved", "closed", "cancelled"},
       ""},
  };
  return kTable;
}

std::span<const Transition> visit_transitions() {
  static const std::vector<Transition> kTable{
      {"plan", "planned", {"planned", "assigned", "accepted"}, ""},
      {"assign", "assigned", {"planned", "assigned", "accepted", "refused"}, "assigned"},
      {"accept", "accepted", {"assigned"}, "accepted"},
      {"refuse", "refused", {"assigned", "accepted"}, "refused"},
      {"start_travel", "travel_started", {"accepted"}, "travelling"},
      {"arrive", "arrived", {"accepted", "travelling"}, "arrived"},
      {"complete", "completed", {"arrived"}, "completed"},
      {"end_unfinished", "ended_unfinished", {"arrived", "travelling", "accepted"}, "unfinished"},
      {"cancel",
       "cancelled",
       {"planned", "assigned", "accepted", "travelling", "arrived", "refused"},
       "cancelled"},
  };
  return kTable;
}

const Transition* find_transition(std::span<const Transition> table, std::string_view verb) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.verb == verb; });
  return found == table.end() ? nullptr : &*found;
}

bool allowed(const Transition& transition, std::string_view status) {
  return std::find(transition.from.begin(), transition.from.end(), status) != transition.from.end();
}

std::vector<std::string> verbs_from(std::span<const Transition> table, std::string_view status) {
  std::vector<std::string> verbs;
  for (const auto& row : table)
    if (allowed(row, status)) verbs.emplace_back(row.verb);
  return verbs;
}

Result<void> check_transition(std::string_view entity, const Transition& transition,
                              std::string_view status) {
  if (allowed(transition, status)) return {};
  const std::string name(entity);
  return conflict(name + ".illegal_transition",
                  {{"status", "@" + name + ".status." + std::string(status)},
                   {"verb", "@" + name + ".verb." + std::string(transition.verb)}});
}

bool is_open_ticket(std::string_view status) {
  return std::find(std::begin(kOpenTicketStates), std::end(kOpenTicketStates), status) !=
         std::end(kOpenTicketStates);
}

bool is_open_visit(std::string_view status) {
  return std::find(std::begin(kOpenVisitStates), std::end(kOpenVisitStates), status) !=
         std::end(kOpenVisitStates);
}
}  // namespace hougu::service
