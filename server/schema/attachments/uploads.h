// The way of a file from the network into the store: sniffed, named, pictures cleaned by the image
// worker, bytes on disk, row in the database. Works on threads of its own, because decoding a
// picture takes a second, and sweeps away hourly what nobody claimed.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "schema/attachments/attachments.h"
#include "schema/attachments/file_store.h"

namespace hougu::attachments {

constexpr std::uint64_t kMaxUpload = 50u << 20;
constexpr std::uint64_t kMaxPortalUpload = 20u << 20;
constexpr Millis kUnclaimedFor = 24 * 3600 * 1000;

struct Upload {
  // A file on the data folder's file system that is taken over (moved or removed).
  std::string path;
  std::string raw_name;  // as the client gave it
  bool images_only = false;
  std::uint64_t max_bytes = kMaxUpload;
  store::ActorKind uploader_kind = store::ActorKind::kSystem;
  Id uploader;
  std::optional<Id> ticket;
};

struct UploadOptions {
  std::string program = "/proc/self/exe";  // has the image worker
  int threads = 2;
  std::size_t queue_limit = 64;
  int sweep_every_ms = 3'600'000;
};

class Uploads {
 public:
  // Called once, from one of the threads; keep it short.
  using Done = std::function<void(Result<Attachment>)>;

  Uploads(store::Database& database, FileStore& files, const Clock& clock, IdSource& ids,
          UploadOptions options = {});
  // Finishes the upload at hand; those that wait get "server.stopping".
  ~Uploads();
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  // Errors: "attachment.too_large", "attachment.empty", "attachment.not_image", those of
  // image_process.h, "storage.full"; "server.busy" when too many wait.
  void submit(Upload upload, Done done);

  // The same on the caller's thread (command line, demo data, tests).
  Result<Attachment> store(Upload upload);

  // Removes unclaimed rows older than a day, and bytes that no row needs any more. Safe beside
  // uploads of this process; other nodes' are safe for an hour after they wrote the bytes.
  Result<void> sweep();

  FileStore& files() { return files_; }

 private:
  struct Job {
    Upload upload;
    Done done;
  };
  void run(bool sweeps);
  Result<Attachment> take_in(const Upload& upload);
  Result<void> take_in_image(const Upload& upload, Attachment& attachment);

  store::Database& database_;
  FileStore& files_;
  const Clock& clock_;
  IdSource& ids_;
  const UploadOptions options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};
}  // namespace hougu::attachments
