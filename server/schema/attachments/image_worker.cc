#include "schema/attachments/image_worker.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "base/json.h"
#include "schema/attachments/file_store.h"
#include "schema/attachments/vips_library.h"

namespace hougu::attachments {
namespace {

constexpr rlim_t kSeconds = 30;
constexpr rlim_t kAddressSpace = rlim_t{2} << 30;  // libraries take 0.4 GB of it, data the rest
constexpr rlim_t kLargestFile = rlim_t{200} << 20;

void limit(int resource, rlim_t value) {
  const rlimit both{value, value};
  if (::setrlimit(static_cast<__rlimit_resource>(resource), &both) != 0) ::_exit(70);
}

void give_up_rights() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_DUMPABLE, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, kSeconds);
  limit(RLIMIT_FSIZE, kLargestFile);
  limit(RLIMIT_NOFILE, 64);
#if !defined(__SANITIZE_ADDRESS__)  // its shadow memory is larger than any limit
  limit(RLIMIT_AS, kAddressSpace);
#endif
  ::signal(SIGXFSZ, SIG_IGN);
  // Pictures are held in memory, not in temporary files.
  ::setenv("VIPS_DISC_THRESHOLD", "1g", 1);
}

// Owns one image; vips counts references.
class Image {
 public:
  Image(const Vips& vips, VipsImage* image) : vips_(&vips), image_(image) {}
  ~Image() { reset(nullptr); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  void reset(VipsImage* image) {
    if (image_ != nullptr) vips_->unref(image_);
    image_ = image;
  }
  VipsImage* get() const { return image_; }

 private:
  const Vips* vips_;
  VipsImage* image_;
};

Error damaged(const Vips& vips) {
  Error error = invalid("image.damaged");
  error.cause = vips.error_buffer();
  return error;
}

Result<VipsImage*> open_image(const Vips& vips, const std::string& type, const char* path) {
  VipsImage* image = nullptr;
  int failed = 1;
  // A picture that ends too early is refused: half a photo is no evidence.
  if (type == "image/jpeg") {
    failed = vips.jpegload(path, &image, "fail_on", VIPS_FAIL_ON_TRUNCATED, nullptr);
  } else if (type == "image/png") {
    failed = vips.pngload(path, &image, "fail_on", VIPS_FAIL_ON_TRUNCATED, nullptr);
  } else if (type == "image/webp") {
    failed = vips.webpload(path, &image, nullptr);
  } else if (type == "image/gif") {
    failed = vips.gifload(path, &image, "n", -1, nullptr);
  } else if (type == "image/heic" || type == "image/avif") {
    failed = vips.heifload(path, &image, nullptr);
  }
  if (failed != 0) return damaged(vips);
  return image;
}

Result<void> check_size(const Vips& vips, VipsImage* image) {
  const std::int64_t width = vips.get_width(image);
  const std::int64_t height = vips.get_height(image);
  // Only the header has been read so far.
  if (width <= 0 || height <= 0 || width * height > kMaxPixels) {
    return invalid("image.too_large", {},
                   {{"pixels", std::to_string(width) + " × " + std::to_string(height)}});
  }
  return {};
}

// Savers keep EXIF even when told to strip (WebP), so nothing is left for them to keep but what an
// animation needs.
void forget_metadata(const Vips& vips, VipsImage* image) {
  char** const names = vips.get_fields(image);
  for (char** name = names; name != nullptr && *name != nullptr; ++name) {
    const std::string_view field = *name;
    const bool needed = field == "page-height" || field == "n-pages" || field == "delay" ||
                        field == "loop" || field == "background";
    if (!needed) vips.remove(image, *name);  // built-in ones (width, …) stay whatever we say
  }
  vips.free_strings(names);
}

// Decodes, turns upright and brings to 8-bit sRGB (or grey), so that nothing depends on metadata.
Result<void> normalise(const Vips& vips, Image& image, bool animated) {
  VipsImage* next = nullptr;
  if (!animated) {  // frames lie below each other: nothing to turn
    if (vips.autorot(image.get(), &next, nullptr) != 0) return damaged(vips);
    image.reset(next);
  }
  if (vips.get_typeof(image.get(), VIPS_META_ICC_NAME) != 0 &&
      vips.icc_transform(image.get(), &next, "srgb", "embedded", TRUE, "depth", 8, nullptr) == 0) {
    image.reset(next);
  }
  if (vips.colourspace(image.get(), &next, VIPS_INTERPRETATION_sRGB, nullptr) != 0) {
    return damaged(vips);
  }
  image.reset(next);
  VipsImage* const decoded = vips.copy_memory(image.get());
  if (decoded == nullptr) return damaged(vips);
  image.reset(decoded);
  forget_metadata(vips, decoded);
  return {};
}

// The type it was saved as: what browsers don't all show becomes JPEG.
Result<std::string> save_original(const Vips& vips, VipsImage* image, const std::string& type,
                                  const std::string& file) {
  const char* to = file.c_str();
  int failed = 0;
  std::string saved = type;
  if (type == "image/png") {
    failed = vips.pngsave(image, to, "strip", TRUE, nullptr);
  } else if (type == "image/webp") {
    failed = vips.webpsave(image, to, "Q", 88, "strip", TRUE, nullptr);
  } else if (type == "image/gif") {
    failed = vips.gifsave(image, to, "strip", TRUE, nullptr);
  } else {
    saved = "image/jpeg";
    failed = vips.jpegsave(image, to, "Q", 88, "optimize_coding", TRUE, "strip", TRUE, nullptr);
  }
  if (failed != 0) return damaged(vips);
  return saved;
}

Result<void> save_thumbnail(const Vips& vips, VipsImage* image, int size, const std::string& file) {
  VipsImage* small = nullptr;
  if (vips.thumbnail_image(image, &small, size, "height", size, "size", VIPS_SIZE_DOWN, nullptr) !=
      0) {
    return damaged(vips);
  }
  const Image owner(vips, small);
  if (vips.webpsave(small, file.c_str(), "Q", 78, "strip", TRUE, nullptr) != 0) {
    return damaged(vips);
  }
  return {};
}

Result<json::object> work(const std::string& type, const char* input, const std::string& folder) {
  HOUGU_TRY(const Vips vips, load_vips());
  HOUGU_TRY(VipsImage* const opened, open_image(vips, type, input));
  Image image(vips, opened);
  HOUGU_CHECK(check_size(vips, image.get()));
  const bool animated = type == "image/gif" && vips.get_n_pages(image.get()) > 1;
  HOUGU_CHECK(normalise(vips, image, animated));
  HOUGU_TRY(const std::string saved, save_original(vips, image.get(), type, folder + "/original"));
  if (animated) {
    VipsImage* frame = nullptr;
    if (vips.extract_area(image.get(), &frame, 0, 0, vips.get_width(image.get()),
                          vips.get_page_height(image.get()), nullptr) != 0) {
      return damaged(vips);
    }
    image.reset(frame);
  }
  for (const int size : kThumbnailSizes) {
    HOUGU_CHECK(save_thumbnail(vips, image.get(), size, folder + '/' + std::to_string(size)));
  }
  return json::object{{"type", saved},
                      {"width", vips.get_width(image.get())},
                      {"height", vips.get_height(image.get())}};
}

json::object failure(const Error& error) {
  json::object out{{"error", error.code}, {"cause", error.cause}};
  if (const auto it = error.params.find("pixels"); it != error.params.end()) {
    out["pixels"] = it->second;
  }
  return out;
}
}  // namespace

void run_image_worker(int argc, char** argv) {
  if (argc != 5) ::_exit(64);
  give_up_rights();
  const auto done = work(argv[2], argv[3], argv[4]);
  const std::string line = json::serialize(done.ok() ? *done : failure(done.error())) + "\n";
  const bool written =
      std::fwrite(line.data(), 1, line.size(), stdout) == line.size() && std::fflush(stdout) == 0;
  ::_exit(written ? 0 : 74);  // what the codecs leave behind at a normal exit is of no interest
}
}  // namespace hougu::attachments
