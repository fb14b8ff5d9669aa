#include "store/postgres/event_message.h"

#include "base/json.h"

namespace hougu::store::postgres {
namespace {
constexpr std::size_t kMaxMessage = 7900;

json::array to_json(const CommittedEvent& event, bool with_data) {
  return {event.sequence,
          event.type,
          event.entity,
          event.record.text(),
          event.actor.text(),
          event.version,
          with_data ? event.data_json : ""};
}

bool from_json(const json::value& value, CommittedEvent& event) {
  const auto* fields = value.if_array();
  if (fields == nullptr || fields->size() != 7) return false;
  const auto text = [&](std::size_t at, std::string& out) {
    const auto* string = (*fields)[at].if_string();
    if (string != nullptr) out = *string;
    return string != nullptr;
  };
  const auto integer = [&](std::size_t at, std::int64_t& out) {
    const auto* number = (*fields)[at].if_int64();
    if (number != nullptr) out = *number;
    return number != nullptr;
  };
  const auto id = [&](std::size_t at, Id& out) {
    std::string written;
    if (!text(at, written)) return false;
    const auto parsed = Id::parse(written);
    if (parsed) out = *parsed;
    return parsed.has_value();
  };
  return integer(0, event.sequence) && text(1, event.type) && text(2, event.entity) &&
         id(3, event.record) && id(4, event.actor) && integer(5, event.version) &&
         text(6, event.data_json);
}
}  // namespace

std::vector<std::string> event_messages(const std::string& node,
                                        const std::vector<CommittedEvent>& events) {
  const std::string head = json::serialize(json::value(node));
  std::vector<std::string> messages;
  for (const auto& event : events) {
    auto text = json::serialize(to_json(event, true));
    if (text.size() + head.size() + 3 > kMaxMessage) text = json::serialize(to_json(event, false));
    if (messages.empty() || messages.back().size() + text.size() + 2 > kMaxMessage)
      messages.push_back("[" + head);
    messages.back().append(",").append(text);
  }
  for (auto& message : messages) message += "]";
  return messages;
}

std::vector<CommittedEvent> events_of_message(const std::string& own_node, std::string_view text) {
  std::vector<CommittedEvent> events;
  const auto parsed = parse_json(text);
  if (!parsed.ok() || !(*parsed).is_array()) return events;
  const auto& parts = (*parsed).get_array();
  if (parts.empty() || !parts[0].is_string() || parts[0].get_string() == own_node) return events;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    CommittedEvent event;
    if (from_json(parts[i], event)) events.push_back(std::move(event));
  }
  return events;
}
}  // namespace hougu::store::postgres
