// Tells this process' listeners of committed events, on one thread of its own, in order. Inside
// store/ only.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/database.h"

namespace hougu::store {

class EventHub {
 public:
  EventHub();
  ~EventHub();  // delivers what was published, then stops

  using Listener = std::function<void(const CommittedEvent&)>;
  std::shared_ptr<void> subscribe(Listener listener);
  void publish(std::vector<CommittedEvent> events);
  void publish(CommittedEvent event);

 private:
  struct Subscription;
  // Shared with the handles, which may outlive the hub.
  struct State {
    std::mutex mutex;  // guards subscriptions and queue
    std::condition_variable filled;
    std::vector<Subscription*> subscriptions;
    std::vector<CommittedEvent> queue;
    bool stopping = false;
    // Held during calls, so that a handle's destructor waits for a running call; recursive, so that
    // a listener may end its own subscription.
    std::recursive_mutex delivery;
  };
  void run();
  void deliver(const std::vector<CommittedEvent>& events);

  std::shared_ptr<State> state_ = std::make_shared<State>();
  std::thread thread_;
};
}  // namespace hougu::store
