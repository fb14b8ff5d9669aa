// libvips, loaded only in the image worker: it and what it brings (glib, codecs) take longer to
// load than the server takes to start, and hostile pictures are decoded away from the server's
// memory.
#pragma once

#include <vips/vips.h>

#include <string>

#include "base/result.h"

namespace hougu::attachments {

// The functions used, by their names without the prefix.
struct Vips {
  decltype(&vips_init) init;
  decltype(&vips_block_untrusted_set) block_untrusted_set;
  decltype(&vips_concurrency_set) concurrency_set;
  decltype(&vips_cache_set_max) cache_set_max;
  decltype(&vips_jpegload) jpegload;
  decltype(&vips_pngload) pngload;
  decltype(&vips_webpload) webpload;
  decltype(&vips_gifload) gifload;
  decltype(&vips_heifload) heifload;
  decltype(&vips_image_get_width) get_width;
  decltype(&vips_image_get_height) get_height;
  decltype(&vips_image_get_n_pages) get_n_pages;
  decltype(&vips_image_get_page_height) get_page_height;
  decltype(&vips_image_get_typeof) get_typeof;
  decltype(&vips_image_hasalpha) hasalpha;
  decltype(&vips_autorot) autorot;
  decltype(&vips_icc_transform) icc_transform;
  decltype(&vips_colourspace) colourspace;
  decltype(&vips_image_copy_memory) copy_memory;
  decltype(&vips_extract_area) extract_area;
  decltype(&vips_thumbnail_image) thumbnail_image;
  decltype(&vips_jpegsave) jpegsave;
  decltype(&vips_pngsave) pngsave;
  decltype(&vips_webpsave) webpsave;
  decltype(&vips_gifsave) gifsave;
  decltype(&vips_image_get_fields) get_fields;
  decltype(&vips_image_remove) remove;
  decltype(&vips_error_buffer) error_buffer;
  decltype(&g_object_unref) unref;
  decltype(&g_strfreev) free_strings;
};

// Loads and starts the library, for one thread's work and no cache, without the loaders that its
// authors don't trust with hostile files.
Result<Vips> load_vips();
}  // namespace hougu::attachments
