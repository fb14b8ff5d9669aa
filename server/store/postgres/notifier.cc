#include "store/postgres/notifier.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "store/job_queue.h"
#include "store/postgres/event_message.h"

namespace hougu::store::postgres {
namespace {
constexpr int kReconnectMillis = 500;
// Under load the events of some milliseconds share a message; a single one goes out at once.
constexpr std::chrono::milliseconds kGatherFor{5};
constexpr std::size_t kMaxWaiting = 100'000;  // events kept for other nodes while disconnected

void drain(int eventfd) {
  std::uint64_t count = 0;
  static_cast<void>(!::read(eventfd, &count, sizeof count));
}
}  // namespace

Notifier::Notifier(std::string url, EventHub& hub)
    : url_(std::move(url)),
      hub_(hub),
      node_(random_token(9)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Result<std::unique_ptr<Notifier>> Notifier::start(const std::string& url, EventHub& hub) {
  std::unique_ptr<Notifier> notifier(new Notifier(url, hub));
  if (notifier->wake_ < 0) return internal("eventfd failed");
  HOUGU_CHECK(notifier->listen());
  notifier->thread_ = std::thread([raw = notifier.get()] { raw->run(); });
  return notifier;
}

Notifier::~Notifier() {
  if (thread_.joinable()) {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    ::eventfd_write(wake_, 1);
    thread_.join();
  }
  if (wake_ >= 0) ::close(wake_);
}

Result<void> Notifier::listen() {
  HOUGU_TRY(auto session, connect(url_, 0));
  // Losing a hint in a crash is no loss, waiting for the disk would be one.
  HOUGU_CHECK(postgres::run(session, "SET synchronous_commit=off"));
  HOUGU_TRY(const auto schema, postgres::run(session, "SELECT 'hougu_' || current_schema()"));
  channel_ = PQgetvalue(schema.get(), 0, 0);
  if (channel_.empty()) return unreachable("no schema to work in");
  char* name = PQescapeIdentifier(session.get(), channel_.data(), channel_.size());
  auto listening = postgres::run(session, std::string("LISTEN ") + name);
  PQfreemem(name);
  if (!listening.ok()) return std::move(listening).error();
  session_ = std::move(session);
  return {};
}

void Notifier::publish(std::vector<CommittedEvent> events) {
  {
    const std::lock_guard lock(mutex_);
    // under the lock, so that both queues have the same order
    hub_.publish(events);
    const bool wake = waiting_.empty();
    if (waiting_.size() < kMaxWaiting)
      std::move(events.begin(), events.end(), std::back_inserter(waiting_));
    if (!wake) return;
  }
  ::eventfd_write(wake_, 1);
}

void Notifier::run() {
  const DatabaseThread mark;
  for (;;) {
    std::vector<CommittedEvent> events;
    bool stopping = false;
    const bool early = std::chrono::steady_clock::now() < sent_at_ + kGatherFor;
    {
      const std::lock_guard lock(mutex_);
      stopping = stopping_;
      if (session_ && (stopping || !early)) events.swap(waiting_);
      gathering_ = session_ && !waiting_.empty();
    }
    if (!events.empty()) send(std::move(events));
    if (stopping) return;
    deliver();  // what came along with the answers to our own messages
    wait();
    if (session_) {
      receive();
    } else if (const auto done = listen(); done.ok()) {
      CommittedEvent gap;
      gap.type = "stream.gap";
      hub_.publish(std::move(gap));
    }
  }
}

void Notifier::wait() {
  pollfd sources[] = {{wake_, POLLIN, 0}, {session_ ? PQsocket(session_.get()) : -1, POLLIN, 0}};
  const int patience = gathering_ ? static_cast<int>(kGatherFor.count()) : -1;
  ::poll(sources, 2, session_ ? patience : kReconnectMillis);
  if ((sources[0].revents & POLLIN) != 0) drain(wake_);
}

void Notifier::receive() {
  if (PQconsumeInput(session_.get()) != 1 || is_lost(session_)) {
    log(LogLevel::kWarning, "the connection that hears of other nodes' events is lost");
    session_.reset();
    return;
  }
  deliver();
}

void Notifier::deliver() {
  for (PGnotify* notify = nullptr; session_ && (notify = PQnotifies(session_.get()));) {
    hub_.publish(events_of_message(node_, notify->extra));
    PQfreemem(notify);
  }
}

void Notifier::send(std::vector<CommittedEvent> events) {
  sent_at_ = std::chrono::steady_clock::now();
  for (const auto& message : event_messages(node_, events)) {
    if (!session_ || !send_message(message)) return;
  }
}

bool Notifier::send_message(const std::string& payload) {
  const char* values[] = {channel_.c_str(), payload.c_str()};
  const ResultSet result(PQexecParams(session_.get(), "SELECT pg_notify($1, $2)", 2, nullptr,
                                      values, nullptr, nullptr, 0));
  if (PQresultStatus(result.get()) == PGRES_TUPLES_OK) return true;
  log(LogLevel::kWarning, "other nodes couldn't be told of events",
      {{"cause", PQerrorMessage(session_.get())}});
  if (is_lost(session_)) session_.reset();
  return false;
}
}  // namespace hougu::store::postgres
