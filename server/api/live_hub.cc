#include "api/live_hub.h"

#include <algorithm>
#include <chrono>

#include "api/live_audience.h"
#include "api/metrics.h"
#include "base/log.h"

namespace hougu::api {
namespace {

constexpr auto kCollect = std::chrono::milliseconds(20);
constexpr auto kTick = std::chrono::seconds(5);
constexpr Millis kPresence = 45'000;
constexpr std::size_t kMaxWaiting = 20'000, kMaxNames = 5'000;
constexpr int kMaxMissed = 500;
// PostgreSQL hands sequences out before the commit: some that are smaller may become visible later.
constexpr std::int64_t kReachBack = 100;

const store::CommittedEvent kResetAll{0, "reset", "", Id{}, Id{}, 0, {}};

json::value id_or_null(const Id& id) {
  return id.is_nil() ? json::value() : json::value(id.text());
}

}  // namespace

struct LiveHub::Listener {
  identity::Principal who;
  std::shared_ptr<http::EventStream> stream;
  std::int64_t missed_since = -1;  // -1: nothing to make up for
  std::string entity;              // a watcher's record; empty for people
  Id record;
  bool greeted = false;
};

LiveHub::LiveHub(store::Database& database, schema::Schema& schema, schema::Records& records,
                 const Clock& clock, Metrics& metrics)
    : database_(database), schema_(schema), records_(records), clock_(clock), metrics_(metrics) {
  subscription_ = database_.on_events([this](const store::CommittedEvent& event) { hear(event); });
  thread_ = std::thread([this] { run(); });
}

LiveHub::~LiveHub() {
  subscription_.reset();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  filled_.notify_one();
  thread_.join();
  for (const auto& listener : listeners_) listener->stream->close();
}

void LiveHub::open(const identity::Principal& who, std::shared_ptr<http::EventStream> stream,
                   std::int64_t last_event) {
  auto listener = std::make_shared<Listener>();
  listener->who = who;
  listener->stream = std::move(stream);
  listener->missed_since = last_event;
  {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(std::move(listener));
    ++metrics_.event_streams;
  }
  filled_.notify_one();
}

void LiveHub::watch(std::string_view entity, const Id& record,
                    std::shared_ptr<http::EventStream> stream) {
  auto listener = std::make_shared<Listener>();
  listener->stream = std::move(stream);
  listener->entity = entity;
  listener->record = record;
  listener->greeted = true;
  const std::lock_guard lock(mutex_);
  listeners_.push_back(std::move(listener));
  ++metrics_.event_streams;
}

void LiveHub::set_presence(const identity::Principal& who, std::string_view entity,
                           const Id& record, std::string_view state) {
  store::CommittedEvent event;
  event.type = "presence";
  event.entity = entity;
  event.record = record;
  event.actor = who.id;
  event.data_json = json::serialize(json::object{{"name", who.name}, {"state", state}});
  database_.broadcast(event);
}

void LiveHub::hear(const store::CommittedEvent& event) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kMaxWaiting) {
      waiting_.assign(1, kResetAll);  // nobody could follow: the pages load afresh
    } else {
      waiting_.push_back(event);
    }
  }
  filled_.notify_one();
}

void LiveHub::run() {
  for (;;) {
    std::vector<store::CommittedEvent> events;
    {
      std::unique_lock lock(mutex_);
      const auto something = [this] {
        return stopping_ || !waiting_.empty() ||
               std::any_of(listeners_.begin(), listeners_.end(),
                           [](const auto& one) { return !one->greeted; });
      };
      filled_.wait_for(lock, kTick, something);
      if (stopping_) return;
      if (!waiting_.empty()) filled_.wait_for(lock, kCollect, [this] { return stopping_; });
      if (stopping_) return;
      events.swap(waiting_);
    }
    forget_absent(events);
    process(std::move(events));
  }
}

LiveHub::Listeners LiveHub::present_listeners() {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [this](const auto& listener) {
    if (listener->stream->open()) return false;
    --metrics_.event_streams;
    return true;
  });
  return listeners_;
}

void LiveHub::process(std::vector<store::CommittedEvent> events) {
  std::vector<store::CommittedEvent> told;
  for (auto& event : events) {
    close_changed(event);
    if (event.type == "presence" && !event.data_json.empty() && !note_presence(event)) continue;
    told.push_back(std::move(event));
  }
  const Listeners listeners = present_listeners();
  if (listeners.empty()) return;
  const auto done = database_.read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_CHECK(resume(tx));
    return deliver(tx, told, listeners);
  });
  if (done.ok()) return;
  log(LogLevel::kWarning, "live updates are late", {{"cause", done.error().cause}});
  for (const auto& listener : listeners) listener->stream->send("reset", "", "{}");
}

// Rights are read once per stream: whoever's rights may have changed has to open it again.
void LiveHub::close_changed(const store::CommittedEvent& event) {
  // Nothing that a stream opened meanwhile could have missed.
  if (event.type == "session.signed_in" || event.type == "user.preferences_changed") return;
  const bool everybody = event.entity == "role" || event.entity == "unit";
  if (!everybody && event.entity != "user" && event.entity != "session" &&
      event.entity != "api_key") {
    return;
  }
  if (event.entity == "user") names_.erase(event.record);
  for (const auto& listener : present_listeners()) {
    if (!listener->entity.empty()) continue;
    const identity::Principal& who = listener->who;
    if (everybody || who.id == event.record || who.session == event.record ||
        who.api_key == event.record) {
      listener->stream->close();
    }
  }
}

// True when the people at the record are others than before, or do something else.
bool LiveHub::note_presence(const store::CommittedEvent& event) {
  const auto data = parse_json(event.data_json);
  if (!data.ok() || !data->is_object()) return false;
  const auto name = find_string(data->as_object(), "name");
  const auto state = find_string(data->as_object(), "state");
  if (!name || !state) return false;
  const Place place(event.entity, event.record);
  if (*state == "left") {
    const auto at = presence_.find(place);
    if (at == presence_.end() || at->second.erase(event.actor) == 0) return false;
    if (at->second.empty()) presence_.erase(at);
    return true;
  }
  Person& person = presence_[place][event.actor];
  const bool same = person.state == *state;
  person = {std::string(*name), std::string(*state), clock_.now() + kPresence};
  return !same;
}

void LiveHub::forget_absent(std::vector<store::CommittedEvent>& events_out) {
  const Millis now = clock_.now();
  for (auto at = presence_.begin(); at != presence_.end();) {
    const auto gone =
        std::erase_if(at->second, [&](const auto& entry) { return entry.second.until <= now; });
    if (gone > 0) {
      events_out.push_back({0, "presence", at->first.first, at->first.second, Id{}, 0, {}});
    }
    at = at->second.empty() ? presence_.erase(at) : std::next(at);
  }
}

// Greets new streams with the present sequence and tells what they missed.
Result<void> LiveHub::resume(store::Transaction& tx) {
  std::optional<std::int64_t> newest;
  for (const auto& listener : present_listeners()) {
    if (listener->greeted) continue;
    if (!newest) {
      HOUGU_TRY(newest, tx.first("SELECT max(sequence) FROM event", {}, [](const store::Row& row) {
        return row.optional_integer(0).value_or(0);
      }));
    }
    if (listener->missed_since > 0) {
      std::vector<store::CommittedEvent> missed;
      HOUGU_CHECK(tx.each(
          "SELECT sequence, type, entity, record, actor, version FROM event WHERE sequence > $1 "
          "ORDER BY sequence LIMIT $2",
          {listener->missed_since - kReachBack, kMaxMissed + kReachBack + 1LL},
          [&](const store::Row& row) {
            missed.push_back({row.integer(0),
                              std::string(row.text(1)),
                              std::string(row.text(2)),
                              row.id(3),
                              row.id(4),
                              row.integer(5),
                              {}});
            return true;
          }));
      if (missed.size() > kMaxMissed + kReachBack) {
        listener->stream->send("reset", std::to_string(*newest), "{}");
      } else {
        HOUGU_CHECK(deliver(tx, missed, {listener}));
      }
    }
    listener->greeted = true;
    listener->stream->send("ready", std::to_string(newest.value_or(0)), "{}");
  }
  return {};
}

Result<void> LiveHub::deliver(store::Transaction& tx,
                              const std::vector<store::CommittedEvent>& events,
                              const Listeners& listeners) {
  const auto catalog = schema_.catalog();
  Audience audience(tx, *catalog, records_);
  Listeners watchers, people;
  for (const auto& listener : listeners) {
    (listener->entity.empty() ? people : watchers).push_back(listener);
  }
  for (const auto& event : events) {
    if (event.type == "reset") {
      for (const auto& listener : listeners) listener->stream->send("reset", "", "{}");
      continue;
    }
    const bool import = event.type == "import.progress";
    if (!import && catalog->entity(event.entity) == nullptr) continue;
    if (!import && event.type != "presence" && !watchers.empty()) {
      HOUGU_CHECK(tell_watchers(tx, event, watchers));
    }
    std::string message;
    for (const auto& listener : people) {
      bool may = import ? listener->who.id == event.actor : false;
      if (!import) {
        HOUGU_TRY(may, audience.may_hear(listener->who, event.entity, event.record));
      }
      if (!may) continue;
      if (message.empty()) {
        HOUGU_TRY(message, message_for(tx, event));
      }
      const std::string id = event.sequence > 0 ? std::to_string(event.sequence) : std::string();
      const std::string_view type =
          import || event.type == "presence" ? std::string_view(event.type) : "record";
      if (!listener->stream->send(type, id, message)) listener->stream->close();
      ++metrics_.events_sent;
    }
  }
  return {};
}

Result<void> LiveHub::tell_watchers(store::Transaction& tx, const store::CommittedEvent& event,
                                    const Listeners& watchers) {
  const auto concerned = records_concerned(tx, *schema_.catalog(), records_, event);
  for (const auto& watcher : watchers) {
    if (std::find(concerned.begin(), concerned.end(), watcher->record) == concerned.end()) continue;
    watcher->stream->send("changed", "", "{}");
    ++metrics_.events_sent;
  }
  return {};
}

Result<std::string> LiveHub::name_of(store::Transaction& tx, const Id& person) {
  if (const auto at = names_.find(person); at != names_.end()) return at->second;
  HOUGU_TRY(auto name, tx.first("SELECT name FROM org_user WHERE id = $1", {person},
                                [](const store::Row& row) { return std::string(row.text(0)); }));
  if (names_.size() >= kMaxNames) names_.clear();
  return names_[person] = name.value_or("");
}

Result<std::string> LiveHub::message_for(store::Transaction& tx,
                                         const store::CommittedEvent& event) {
  if (event.type == "import.progress") return event.data_json.empty() ? "{}" : event.data_json;
  if (event.type == "presence") return presence_message(event);
  json::value actor;
  if (!event.actor.is_nil()) {
    HOUGU_TRY(const auto name, name_of(tx, event.actor));
    actor = {{"id", event.actor.text()}, {"name", name}};
  }
  return json::serialize(json::object{{"type", event.type},
                                      {"entity", event.entity},
                                      {"id", id_or_null(event.record)},
                                      {"version", event.version},
                                      {"actor", std::move(actor)}});
}

std::string LiveHub::presence_message(const store::CommittedEvent& event) const {
  json::array people;
  if (const auto at = presence_.find({event.entity, event.record}); at != presence_.end()) {
    for (const auto& [id, person] : at->second) {
      people.push_back({{"id", id.text()}, {"name", person.name}, {"state", person.state}});
    }
  }
  return json::serialize(json::object{
      {"entity", event.entity}, {"id", event.record.text()}, {"people", std::move(people)}});
}

}  // namespace hougu::api
