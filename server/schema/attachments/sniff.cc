#include "schema/attachments/sniff.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/text.h"

namespace hougu::attachments {
namespace {
using std::string_view_literals::operator""sv;

struct Magic {
  std::size_t at;
  std::string_view bytes, type;
};

// Sources: the formats' own specifications; the offsets are those of the WHATWG MIME sniffing list
// where it has the format.
constexpr Magic kMagics[] = {
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "\x1a\x45\xdf\xa3"sv, "video/webm"},
    {0, "OggS\0"sv, "audio/ogg"},
    {0, "ID3"sv, "audio/mpeg"},
    {0, "#!AMR"sv, "audio/amr"},
    {0, "fLaC"sv, "audio/flac"},
    {0, "Rar!\x1a\x07"sv, "application/vnd.rar"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"},
    {0, "\x1f\x8b\x08"sv, "application/gzip"},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "application/x-ole-storage"},
};

bool has(std::string_view head, std::size_t at, std::string_view bytes) {
  return head.size() >= at + bytes.size() && head.substr(at, bytes.size()) == bytes;
}

// ISO base media files name their brand behind "ftyp" (ISO/IEC 14496-12).
std::string_view brand_type(std::string_view brand) {
  constexpr std::array kHeif = {"heic"sv, "heix"sv, "heim"sv, "heis"sv, "mif1"sv, "msf1"sv};
  if (std::find(kHeif.begin(), kHeif.end(), brand) != kHeif.end()) return "image/heic";
  if (brand == "avif" || brand == "avis") return "image/avif";
  if (brand == "qt  ") return "video/quicktime";
  if (brand == "M4A ") return "audio/mp4";
  if (brand.starts_with("3gp") || brand.starts_with("3g2")) return "video/3gpp";
  return "video/mp4";
}

std::string_view riff_type(std::string_view form) {
  if (form == "WEBP") return "image/webp";
  if (form == "WAVE") return "audio/wav";
  if (form == "AVI ") return "video/x-msvideo";
  return "application/octet-stream";
}

std::string_view zip_type(std::string_view head) {
  if (head.find("[Content_Types].xml") == std::string_view::npos &&
      head.find("_rels/.rels") == std::string_view::npos) {
    return "application/zip";
  }
  if (head.find("xl/") != std::string_view::npos) {
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  if (head.find("word/") != std::string_view::npos) {
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  }
  if (head.find("ppt/") != std::string_view::npos) {
    return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  }
  return "application/zip";
}

// `head` may end within a character; everything before must be UTF-8 without binary controls.
bool looks_like_text(std::string_view head) {
  if (head.empty()) return false;
  for (const char c : head) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') return false;
    if (byte == 0x7f) return false;
  }
  for (std::size_t cut = 0; cut < 4 && cut < head.size(); ++cut) {
    if (valid_utf8(head.substr(0, head.size() - cut))) return true;
  }
  return false;
}

bool forbidden_in_name(char32_t c) {
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;
  if (c >= 0x200b && c <= 0x200f) return true;  // zero width and direction marks
  if (c >= 0x2028 && c <= 0x202e) return true;  // line breaks, direction overrides
  if (c >= 0x2060 && c <= 0x206f) return true;  // invisible operators, isolates
  return c == 0x061c || c == 0xfeff || c == 0xfffd || (c >= 0xe0000 && c <= 0xe007f);
}

bool replaced_in_name(char32_t c) {
  return c < 0x80 &&
         std::string_view("<>:\"|?*%").find(static_cast<char>(c)) != std::string_view::npos;
}

std::string without_bad_characters(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const char32_t c = next_code_point(raw, at);
    if (forbidden_in_name(c)) continue;
    append_code_point(out, replaced_in_name(c) ? U'_' : c);
  }
  const auto is_edge = [](char c) { return c == ' ' || c == '.'; };
  while (!out.empty() && is_edge(out.back())) out.pop_back();
  std::size_t start = 0;
  while (start < out.size() && is_edge(out[start])) ++start;
  return out.substr(start);
}

struct NameParts {
  std::string stem, extension;  // extension with its dot, or empty
};

NameParts parted(const std::string& name) {
  const auto dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0 || name.size() - dot > 12) return {name, ""};
  return {name.substr(0, dot), name.substr(dot)};
}

void shorten(std::string& stem, std::size_t code_points, std::size_t bytes) {
  std::size_t at = 0;
  std::size_t count = 0;
  while (at < stem.size() && count < code_points) {
    std::size_t next = at;
    next_code_point(stem, next);
    if (next > bytes) break;
    at = next;
    ++count;
  }
  stem.resize(at);
}

bool windows_device(std::string_view stem) {
  std::string upper;
  for (const char c : stem) {
    upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  constexpr std::array kNames = {"CON"sv, "PRN"sv, "AUX"sv, "NUL"sv};
  if (std::find(kNames.begin(), kNames.end(), upper) != kNames.end()) return true;
  return upper.size() == 4 && (upper.starts_with("COM") || upper.starts_with("LPT")) &&
         upper[3] >= '0' && upper[3] <= '9';
}

std::vector<std::string_view> extensions_of(std::string_view type) {
  if (type == "image/jpeg") return {".jpg", ".jpeg", ".jpe"};
  if (type == "image/png") return {".png"};
  if (type == "image/gif") return {".gif"};
  if (type == "image/webp") return {".webp"};
  if (type == "application/pdf") return {".pdf"};
  return {};
}
}  // namespace

std::string_view sniff_type(std::string_view head) {
  for (const Magic& magic : kMagics) {
    if (has(head, magic.at, magic.bytes)) return magic.type;
  }
  if (has(head, 4, "ftyp") && head.size() >= 12) return brand_type(head.substr(8, 4));
  if (has(head, 0, "RIFF") && head.size() >= 12) return riff_type(head.substr(8, 4));
  if (has(head, 0, "PK\x03\x04")) return zip_type(head);
  if (has(head, 0, "BM") && has(head, 6, "\0\0\0\0"sv)) return "image/bmp";
  const bool mpeg_frame = head.size() >= 2 && head[0] == '\xff' &&
                          (head[1] == '\xfb' || head[1] == '\xf3' || head[1] == '\xf2');
  if (mpeg_frame) return "audio/mpeg";
  return looks_like_text(head) ? "text/plain" : "application/octet-stream";
}

bool is_raster_image(std::string_view type) {
  return type == "image/png" || type == "image/jpeg" || type == "image/gif" ||
         type == "image/webp" || type == "image/heic" || type == "image/avif";
}

bool may_be_inline(std::string_view type) {
  return type == "image/png" || type == "image/jpeg" || type == "image/gif" ||
         type == "image/webp" || type == "application/pdf";
}

std::string clean_file_name(std::string_view raw, std::string_view type) {
  std::string name = "file";
  if (valid_utf8(raw)) {
    const auto slash = raw.find_last_of("/\\");
    if (slash != std::string_view::npos) raw.remove_prefix(slash + 1);
    if (auto cleaned = without_bad_characters(raw); !cleaned.empty()) name = std::move(cleaned);
  }
  NameParts parts = parted(name);
  if (windows_device(parts.stem)) parts.stem.insert(0, "_");
  const auto fitting = extensions_of(type);
  if (!fitting.empty()) {
    const std::string extension = folded(parts.extension);
    if (std::find(fitting.begin(), fitting.end(), extension) == fitting.end()) {
      parts.extension = fitting.front();
    }
  }
  shorten(parts.stem, 120 - std::min<std::size_t>(120, count_code_points(parts.extension)),
          240 - parts.extension.size());
  return parts.stem + parts.extension;
}
}  // namespace hougu::attachments
