#include "service/tickets/transitions.h"

#include <gtest/gtest.h>

#include <set>

namespace hougu::service {
namespace {

// The table of docs/api.md, written down a second time: verb, state, allowed or not.
std::string allowed_from(std::span<const Transition> table, std::string_view verb,
                         std::initializer_list<std::string_view> states) {
  std::string list;
  const auto* row = find_transition(table, verb);
  for (const auto state : states)
    if (row && allowed(*row, state)) list += (list.empty() ? "" : " ") + std::string(state);
  return list;
}

std::string ticket(std::string_view verb) {
  return allowed_from(
      ticket_transitions(), verb,
      {"new", "open", "assigned", "in_progress", "paused", "resolved", "closed", "cancelled"});
}

std::string visit(std::string_view verb) {
  return allowed_from(visit_transitions(), verb,
                      {"planned", "assigned", "accepted", "travelling", "arrived", "completed",
                       "unfinished", "refused", "cancelled"});
}

TEST(Transitions, TicketVerbsAreAllowedWhereTheDocumentSays) {
  EXPECT_EQ(ticket("triage"), "new");
  EXPECT_EQ(ticket("assign"), "new open assigned in_progress paused");
  EXPECT_EQ(ticket("pause"), "open assigned in_progress");
  EXPECT_EQ(ticket("resume"), "paused");
  EXPECT_EQ(ticket("resolve"), "open assigned in_progress");
  EXPECT_EQ(ticket("close"), "new open assigned in_progress resolved");
  EXPECT_EQ(ticket("reopen"), "resolved closed cancelled");
  EXPECT_EQ(ticket("cancel"), "new open assigned in_progress paused");
  EXPECT_EQ(ticket("unheard_of"), "");
}

TEST(Transitions, VisitVerbsAreAllowedWhereTheDocumentSays) {
  EXPECT_EQ(visit("plan"), "planned assigned accepted");
  EXPECT_EQ(visit("assign"), "planned assigned accepted refused");
  EXPECT_EQ(visit("accept"), "assigned");
  EXPECT_EQ(visit("refuse"), "assigned accepted");
  EXPECT_EQ(visit("start_travel"), "accepted");
  EXPECT_EQ(visit("arrive"), "accepted travelling");
  EXPECT_EQ(visit("complete"), "arrived");
  EXPECT_EQ(visit("end_unfinished"), "accepted travelling arrived");
}

TEST(Transitions, RefusalNamesStateAndVerb) {
  const auto refused =
      check_transition("ticket", *find_transition(ticket_transitions(), "resume"), "closed");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kConflict);
  EXPECT_EQ(refused.error().code, "ticket.illegal_transition");
  EXPECT_EQ(refused.error().params.at("status"), "@ticket.status.closed");
  EXPECT_EQ(refused.error().params.at("verb"), "@ticket.verb.resume");
}

TEST(Transitions, NobodyIsStuck) {
  for (const auto state :
       {"new", "open", "assigned", "in_progress", "paused", "resolved", "closed", "cancelled"}) {
    std::set<std::string> ways;
    for (const auto& row : ticket_transitions())
      if (allowed(row, state) && row.to != state) ways.insert(std::string(row.verb));
    EXPECT_FALSE(ways.empty()) << state;
  }
}
}  // namespace
}  // namespace hougu::service
