// The files packed into the program: the built web pages (web/dist) and the packs (packs/).
// All data is constant and lives as long as the program; every function may be called from any
// thread. Made at build time by tools/pack_files; a build without web/dist holds no web pages.
#pragma once

#include <span>
#include <string_view>

namespace hougu::app {

struct WebAsset {
  std::string_view path;          // "assets/desk-3f9a1c2b.js", no leading slash; sorted
  std::string_view content_type;  // with charset for text
  std::string_view etag;          // quoted, ready for the header; made from the identity bytes
  std::string_view identity;      // the bytes as they are
  std::string_view gzip;          // empty when compressing doesn't make it smaller
  std::string_view br;            // likewise
  bool immutable = false;         // the name holds a content hash: may be cached for ever
};

struct PackFile {
  std::string_view path;  // "after_sales/ticket/entity.json", from packs/; sorted
  std::string_view bytes;
};

// nullptr when there is no such page. `path` without a leading slash.
const WebAsset* find_web_asset(std::string_view path);
std::span<const WebAsset> web_assets();

// nullptr when there is no such file.
const PackFile* find_pack_file(std::string_view path);
std::span<const PackFile> pack_files();

// A file beside the server's sources that is neither code nor Markdown, by its path from server/:
// "app/messages/zh-CN.json". nullptr when there is no such file.
const PackFile* find_resource(std::string_view path);

}  // namespace hougu::app
