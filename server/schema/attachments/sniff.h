// What a file is, from its first bytes: the client's word is never taken. And a name that is safe
// to show, to store and to hand to any operating system.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hougu::attachments {

// How much of the beginning sniff_type() wants to see.
constexpr std::size_t kSniffBytes = 16 * 1024;

// The media type of the content that begins with `head`: images, PDF, video, audio, office files,
// archives; "text/plain" for UTF-8 text (HTML, SVG, CSV and scripts too: they are never anything
// active here); "application/octet-stream" for everything else.
std::string_view sniff_type(std::string_view head);

// Raster images that the image worker decodes (image_worker.h).
bool is_raster_image(std::string_view type);
// What a browser may show inside a page: raster images and PDF. Everything else is a download.
bool may_be_inline(std::string_view type);

// The last part of a path as people or programs sent it: without control and invisible direction
// characters, without characters that Windows forbids, at most 120 code points and 240 bytes with
// the extension kept. Broken UTF-8 and empty names give "file". For images and PDF the extension is
// made to fit `type`, so that "photo.html" isn't what gets saved.
std::string clean_file_name(std::string_view raw, std::string_view type);
}  // namespace hougu::attachments
