#include "store/postgres/postgres_database.h"

#include "store/postgres/workers.h"

namespace hougu::store::postgres {
namespace {

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(const Options& options, std::unique_ptr<EventHub> hub,
                   std::unique_ptr<Notifier> notifier)
      : url_(options.url),
        hub_(std::move(hub)),
        notifier_(std::move(notifier)),
        numbers_(options.url, options.busy_timeout),
        writers_(Workers::Kind::kWriters, options.writers, options, numbers_, *notifier_, counts_),
        readers_(Workers::Kind::kReaders, options.readers, options, numbers_, *notifier_, counts_) {
  }

  Dialect dialect() const override { return Dialect::kPostgres; }
  void write_async(Verb verb, Completion done) override {
    writers_.queue().submit(std::move(verb), std::move(done));
  }
  void read_async(Verb query, Completion done) override {
    readers_.queue().submit(std::move(query), std::move(done));
  }
  std::shared_ptr<void> on_events(std::function<void(const CommittedEvent&)> listener) override {
    return hub_->subscribe(std::move(listener));
  }
  void broadcast(const CommittedEvent& event) override { notifier_->publish({event}); }
  Result<void> backup(const std::string& file) override { return backup_file(url_, file); }
  Health health() override;

 private:
  const std::string url_;
  std::unique_ptr<EventHub> hub_;
  std::unique_ptr<Notifier> notifier_;
  Numbers numbers_;
  Counts counts_;
  std::atomic<bool> probing_ = false;
  Workers writers_, readers_;
};

Database::Health PostgresDatabase::health() {
  // Nobody may come to write while we say that it doesn't work, so look ourselves.
  if (!counts_.reachable && !probing_.exchange(true))
    write_async([](Transaction&) -> Result<void> { return {}; },
                [this](Result<void>) { probing_ = false; });
  return {counts_.reachable, writers_.queue().size(), counts_.commits, counts_.verbs,
          counts_.retries};
}
}  // namespace

Result<std::unique_ptr<Database>> open_database(const Options& options) {
  auto hub = std::make_unique<EventHub>();
  HOUGU_TRY(auto notifier, Notifier::start(options.url, *hub));
  return std::unique_ptr<Database>(
      std::make_unique<PostgresDatabase>(options, std::move(hub), std::move(notifier)));
}
}  // namespace hougu::store::postgres
