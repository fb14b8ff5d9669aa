// Who listens to what changes: the event streams of pages, and who looks at which record.
//
// Committed events of all nodes are collected for some milliseconds, then one read transaction
// finds out who may hear of them. People whose role lets them see all rows need no query; those who
// see the same rows by their units share one; only rows seen by assignment or authorship are asked
// for each person.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "http/message.h"
#include "identity/principal.h"
#include "schema/records.h"
#include "schema/schema.h"
#include "store/database.h"

namespace hougu::api {

class Metrics;

// Thread-safe. Destroyed after the server and before the database.
class LiveHub {
 public:
  LiveHub(store::Database& database, schema::Schema& schema, schema::Records& records,
          const Clock& clock, Metrics& metrics);
  ~LiveHub();
  LiveHub(const LiveHub&) = delete;
  LiveHub& operator=(const LiveHub&) = delete;

  // Sends `record`, `presence`, `import.progress` until the client goes or the person's rights
  // change (the stream is closed then; the page comes back and is checked anew). `last_event`: the
  // Last-Event-ID of a page that was cut off, 0 for a new one; when too much has happened since,
  // the page gets `reset`.
  void open(const identity::Principal& who, std::shared_ptr<http::EventStream> stream,
            std::int64_t last_event);
  // Sends `changed` whenever the record, or one that refers to it, changes: a customer's page.
  void watch(std::string_view entity, const Id& record, std::shared_ptr<http::EventStream> stream);

  // Somebody who may see the record looks at it; told to all nodes. `state`: "viewing", "typing",
  // "left".
  void set_presence(const identity::Principal& who, std::string_view entity, const Id& record,
                    std::string_view state);

  struct Listener;

 private:
  using Listeners = std::vector<std::shared_ptr<Listener>>;
  struct Person {
    std::string name, state;
    Millis until = 0;
  };
  using Place = std::pair<std::string, Id>;  // entity and record

  void hear(const store::CommittedEvent& event);
  void run();
  void process(std::vector<store::CommittedEvent> events);
  void close_changed(const store::CommittedEvent& event);
  bool note_presence(const store::CommittedEvent& event);
  void forget_absent(std::vector<store::CommittedEvent>& events_out);
  Result<void> resume(store::Transaction& tx);
  Result<void> deliver(store::Transaction& tx, const std::vector<store::CommittedEvent>& events,
                       const Listeners& listeners);
  Result<void> tell_watchers(store::Transaction& tx, const store::CommittedEvent& event,
                             const Listeners& watchers);
  Result<std::string> name_of(store::Transaction& tx, const Id& person);
  Result<std::string> message_for(store::Transaction& tx, const store::CommittedEvent& event);
  std::string presence_message(const store::CommittedEvent& event) const;
  Listeners present_listeners();

  store::Database& database_;
  schema::Schema& schema_;
  schema::Records& records_;
  const Clock& clock_;
  Metrics& metrics_;

  std::mutex mutex_;  // guards listeners_, waiting_, stopping_
  std::condition_variable filled_;
  Listeners listeners_;
  std::vector<store::CommittedEvent> waiting_;
  bool stopping_ = false;

  // The thread's own.
  std::map<Place, std::map<Id, Person>> presence_;
  std::unordered_map<Id, std::string> names_;
  std::shared_ptr<void> subscription_;
  std::thread thread_;
};

}  // namespace hougu::api
