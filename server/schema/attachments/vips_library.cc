#include "schema/attachments/vips_library.h"

#include <dlfcn.h>

namespace hougu::attachments {
namespace {

// Debian 12's libvips42; its interface is stable within the number.
constexpr const char* kLibrary = "libvips.so.42";

struct Symbols {
  void* library;
  std::string missing{};

  template <typename Function>
  void get(Function& function, const char* name) {
    void* symbol = ::dlsym(library, name);  // its dependencies are searched too
    if (symbol == nullptr) missing = name;
    function = reinterpret_cast<Function>(symbol);
  }
};
}  // namespace

Result<Vips> load_vips() {
  Symbols symbols{::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL)};
  if (symbols.library == nullptr) return internal(std::string("load libvips: ") + ::dlerror());
  Vips vips{};
  symbols.get(vips.init, "vips_init");
  symbols.get(vips.block_untrusted_set, "vips_block_untrusted_set");
  symbols.get(vips.concurrency_set, "vips_concurrency_set");
  symbols.get(vips.cache_set_max, "vips_cache_set_max");
  symbols.get(vips.jpegload, "vips_jpegload");
  symbols.get(vips.pngload, "vips_pngload");
  symbols.get(vips.webpload, "vips_webpload");
  symbols.get(vips.gifload, "vips_gifload");
  symbols.get(vips.heifload, "vips_heifload");
  symbols.get(vips.get_width, "vips_image_get_width");
  symbols.get(vips.get_height, "vips_image_get_height");
  symbols.get(vips.get_n_pages, "vips_image_get_n_pages");
  symbols.get(vips.get_page_height, "vips_image_get_page_height");
  symbols.get(vips.get_typeof, "vips_image_get_typeof");
  symbols.get(vips.hasalpha, "vips_image_hasalpha");
  symbols.get(vips.autorot, "vips_autorot");
  symbols.get(vips.icc_transform, "vips_icc_transform");
  symbols.get(vips.colourspace, "vips_colourspace");
  symbols.get(vips.copy_memory, "vips_image_copy_memory");
  symbols.get(vips.extract_area, "vips_extract_area");
  symbols.get(vips.thumbnail_image, "vips_thumbnail_image");
  symbols.get(vips.jpegsave, "vips_jpegsave");
  symbols.get(vips.pngsave, "vips_pngsave");
  symbols.get(vips.webpsave, "vips_webpsave");
  symbols.get(vips.gifsave, "vips_gifsave");
  symbols.get(vips.get_fields, "vips_image_get_fields");
  symbols.get(vips.remove, "vips_image_remove");
  symbols.get(vips.error_buffer, "vips_error_buffer");
  symbols.get(vips.unref, "g_object_unref");
  symbols.get(vips.free_strings, "g_strfreev");
  if (!symbols.missing.empty()) return internal("libvips has no " + symbols.missing);
  if (vips.init("hougu") != 0)
    return internal("start libvips: " + std::string(vips.error_buffer()));
  vips.block_untrusted_set(TRUE);
  vips.concurrency_set(1);
  vips.cache_set_max(0);
  return vips;
}
}  // namespace hougu::attachments
