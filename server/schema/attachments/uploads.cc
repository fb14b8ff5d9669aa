#include "schema/attachments/uploads.h"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <set>

#include "base/log.h"
#include "schema/attachments/image_process.h"
#include "schema/attachments/sniff.h"

namespace hougu::attachments {
namespace {

constexpr Millis kHour = 3600 * 1000;

// Removes what is left of a file or folder however its work ends.
class Leftover {
 public:
  explicit Leftover(std::string path) : path_(std::move(path)) {}
  ~Leftover() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Leftover(const Leftover&) = delete;
  Leftover& operator=(const Leftover&) = delete;

 private:
  std::string path_;
};

Error too_large(std::uint64_t max_bytes) {
  Error error{ErrorKind::kTooLarge, "attachment.too_large"};
  error.params["limit"] = std::to_string(max_bytes >> 20);
  return error;
}

Result<std::uint64_t> size_of(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return internal("the upload is gone: " + path);
  return static_cast<std::uint64_t>(info.st_size);
}
}  // namespace

Uploads::Uploads(store::Database& database, FileStore& files, const Clock& clock, IdSource& ids,
                 UploadOptions options)
    : database_(database), files_(files), clock_(clock), ids_(ids), options_(std::move(options)) {
  for (int i = 0; i < options_.threads; ++i) {
    threads_.emplace_back([this, i] { run(i == 0); });
  }
}

Uploads::~Uploads() {
  std::deque<Job> unfinished;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    unfinished.swap(jobs_);
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
  for (auto& job : unfinished) {
    const Leftover file(job.upload.path);
    job.done(Error{ErrorKind::kUnavailable, "server.stopping"});
  }
}

void Uploads::submit(Upload upload, Done done) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && jobs_.size() < options_.queue_limit) {
      jobs_.push_back({std::move(upload), std::move(done)});
      wake_.notify_one();
      return;
    }
  }
  const Leftover file(upload.path);
  done(Error{ErrorKind::kUnavailable, "server.busy"});
}

void Uploads::run(bool sweeps) {
  const auto pause = std::chrono::milliseconds(options_.sweep_every_ms);
  auto next_sweep = std::chrono::steady_clock::now() + pause;
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto ready = [&] { return stopping_ || !jobs_.empty(); };
    if (sweeps) {
      wake_.wait_until(lock, next_sweep, ready);
    } else {
      wake_.wait(lock, ready);
    }
    if (stopping_) return;
    if (!jobs_.empty()) {
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      job.done(store(std::move(job.upload)));
      lock.lock();
    }
    if (sweeps && std::chrono::steady_clock::now() >= next_sweep) {
      lock.unlock();
      if (const auto swept = sweep(); !swept.ok()) {
        log(LogLevel::kWarning, "unclaimed files not swept", {{"cause", swept.error().cause}});
      }
      next_sweep = std::chrono::steady_clock::now() + pause;
      lock.lock();
    }
  }
}

Result<Attachment> Uploads::store(Upload upload) {
  const Leftover input(upload.path);
  HOUGU_TRY(Attachment attachment, take_in(upload));
  HOUGU_CHECK(database_.write([&](store::Transaction& tx) { return insert(tx, attachment); }));
  return attachment;
}

Result<Attachment> Uploads::take_in(const Upload& upload) {
  HOUGU_TRY(const auto size, size_of(upload.path));
  if (size > upload.max_bytes) return too_large(upload.max_bytes);
  if (size == 0) return invalid("attachment.empty");
  HOUGU_TRY(const auto head, read_head(upload.path, kSniffBytes));
  Attachment attachment;
  attachment.id = ids_.next();
  attachment.created_at = clock_.now();
  attachment.uploader_kind = upload.uploader_kind;
  attachment.uploader = upload.uploader;
  attachment.ticket = upload.ticket;
  attachment.type = sniff_type(head);
  if (is_raster_image(attachment.type)) {
    HOUGU_CHECK(take_in_image(upload, attachment));
  } else if (upload.images_only) {
    return Error{ErrorKind::kUnsupportedType, "attachment.not_image"};
  } else {
    HOUGU_TRY(const auto digest, digest_of(upload.path));
    attachment.sha256 = digest.sha256;
    attachment.size = static_cast<std::int64_t>(digest.size);
    HOUGU_CHECK(files_.put(upload.path, attachment.sha256));
  }
  attachment.name = clean_file_name(upload.raw_name, attachment.type);
  return attachment;
}

Result<void> Uploads::take_in_image(const Upload& upload, Attachment& attachment) {
  HOUGU_TRY(const auto folder, files_.make_work_folder());
  const Leftover work(folder);
  HOUGU_TRY(const auto image,
            prepare_image(options_.program, attachment.type, upload.path, folder));
  const std::string original = folder + "/original";
  HOUGU_TRY(const auto digest, digest_of(original));
  attachment.type = image.type;
  attachment.width = image.width;
  attachment.height = image.height;
  attachment.sha256 = digest.sha256;
  attachment.size = static_cast<std::int64_t>(digest.size);
  for (const int size : kThumbnailSizes) {
    HOUGU_CHECK(files_.put_thumbnail(folder + '/' + std::to_string(size), attachment.sha256, size));
  }
  return files_.put(original, attachment.sha256);
}

Result<void> Uploads::sweep() {
  const Millis now = clock_.now();
  std::int64_t removed = 0;
  do {
    HOUGU_CHECK(database_.write([&](store::Transaction& tx) -> Result<void> {
      HOUGU_TRY(removed, remove_unclaimed(tx, now - kUnclaimedFor));
      return {};
    }));
  } while (removed == 1000);
  for (unsigned folder = 0; folder < 256; ++folder) {
    const auto settled = files_.settled(folder, now - kHour);
    if (settled.empty()) continue;
    std::set<std::string> useless(settled.begin(), settled.end());
    HOUGU_CHECK(database_.read([&](store::Transaction& tx) -> Result<void> {
      HOUGU_TRY(const auto still, needed(tx, settled));
      for (const auto& sha256 : still) useless.erase(sha256);
      return {};
    }));
    for (const auto& sha256 : useless) files_.remove(sha256, now - kHour);
  }
  return {};
}
}  // namespace hougu::attachments
