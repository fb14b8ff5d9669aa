#include "store/event_hub.h"

#include <algorithm>
#include <exception>

#include "base/log.h"
#include "store/job_queue.h"

namespace hougu::store {

struct EventHub::Subscription {
  Subscription(std::shared_ptr<State> of, Listener call)
      : state(std::move(of)), listener(std::move(call)) {
    const std::lock_guard lock(state->mutex);
    state->subscriptions.push_back(this);
  }
  ~Subscription() {
    const std::lock_guard delivery(state->delivery);
    const std::lock_guard lock(state->mutex);
    std::erase(state->subscriptions, this);
  }
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

  std::shared_ptr<State> state;
  Listener listener;
};

EventHub::EventHub() : thread_([this] { run(); }) {}

EventHub::~EventHub() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->filled.notify_one();
  thread_.join();
}

std::shared_ptr<void> EventHub::subscribe(Listener listener) {
  return std::make_shared<Subscription>(state_, std::move(listener));
}

void EventHub::publish(std::vector<CommittedEvent> events) {
  if (events.empty()) return;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->subscriptions.empty()) return;
    if (state_->queue.empty()) {
      state_->queue = std::move(events);
    } else {
      std::move(events.begin(), events.end(), std::back_inserter(state_->queue));
    }
  }
  state_->filled.notify_one();
}

void EventHub::publish(CommittedEvent event) {
  std::vector<CommittedEvent> one;
  one.push_back(std::move(event));
  publish(std::move(one));
}

void EventHub::run() {
  const DatabaseThread mark;
  for (;;) {
    std::vector<CommittedEvent> events;
    {
      std::unique_lock lock(state_->mutex);
      state_->filled.wait(lock, [&] { return state_->stopping || !state_->queue.empty(); });
      if (state_->queue.empty()) return;
      events.swap(state_->queue);
    }
    deliver(events);
  }
}

void EventHub::deliver(const std::vector<CommittedEvent>& events) {
  const std::lock_guard delivery(state_->delivery);
  for (const auto& event : events) {
    std::vector<Subscription*> listeners;
    {
      const std::lock_guard lock(state_->mutex);
      listeners = state_->subscriptions;
    }
    for (auto* listener : listeners) {
      {
        // an earlier listener may have ended this one's subscription
        const std::lock_guard lock(state_->mutex);
        const auto& all = state_->subscriptions;
        if (std::find(all.begin(), all.end(), listener) == all.end()) continue;
      }
      try {
        listener->listener(event);
      } catch (const std::exception& thrown) {
        log(LogLevel::kError, "an event listener threw", {{"what", thrown.what()}});
      }
    }
  }
}
}  // namespace hougu::store
