// Committed events as the text of a NOTIFY.
#pragma once

#include <string>
#include <vector>

#include "store/database.h"

namespace hougu::store::postgres {
// PostgreSQL's limit is 7,999 bytes; events beyond it go into further messages. Data that would not
// fit into one by itself is left out: the listeners know the record.
std::vector<std::string> event_messages(const std::string& node,
                                        const std::vector<CommittedEvent>& events);
// Empty for a message of `own_node` or one that can't be read.
std::vector<CommittedEvent> events_of_message(const std::string& own_node, std::string_view text);
}  // namespace hougu::store::postgres
