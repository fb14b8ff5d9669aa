// Carries committed events between the nodes by LISTEN/NOTIFY, and to this node's listeners.
//
// NOTIFY is not part of the verbs' transactions: PostgreSQL lets only one transaction with a NOTIFY
// commit at a time, which would undo the group commit of its log. It follows right after the
// commit, many events in one message, on a connection of its own.
#pragma once

#include <chrono>
#include <mutex>
#include <thread>

#include "store/event_hub.h"
#include "store/postgres/session.h"

namespace hougu::store::postgres {

class Notifier {
 public:
  // Connected and listening when it returns.
  static Result<std::unique_ptr<Notifier>> start(const std::string& url, EventHub& hub);
  ~Notifier();  // sends what is waiting
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;

  // Tells this node's listeners at once and the other nodes soon.
  void publish(std::vector<CommittedEvent> events);

 private:
  Notifier(std::string url, EventHub& hub);
  Result<void> listen();
  void run();
  void wait();
  void receive();
  void deliver();
  void send(std::vector<CommittedEvent> events);
  bool send_message(const std::string& payload);

  const std::string url_;
  EventHub& hub_;
  std::string node_;     // tells our own messages from those of others
  std::string channel_;  // one for each schema
  Session session_;
  int wake_ = -1;  // eventfd
  std::mutex mutex_;
  std::vector<CommittedEvent> waiting_;
  bool stopping_ = false;
  std::chrono::steady_clock::time_point sent_at_{};  // of the thread, as the next
  bool gathering_ = false;                           // events wait for others to go with them
  std::thread thread_;
};
}  // namespace hougu::store::postgres
