#include "service/assets/labels.h"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <algorithm>
#include <array>
#include <memory>

namespace hougu::service {
namespace {

constexpr double kPointsPerMm = 72.0 / 25.4;
constexpr double mm(double value) { return value * kPointsPerMm; }

constexpr int kQuietModules = 4;  // ISO/IEC 18004
constexpr std::size_t kMaxUrl = 300;
// Debian's fonts-wqy-zenhei has every character we need, ℃ included; Noto is used where it is.
constexpr const char* kFonts = "Noto Sans CJK SC, WenQuanYi Zen Hei, sans-serif";
constexpr double kSmallest = 0.35;  // of the ordinary sizes, for the longest texts

struct Layout {
  double page_width, page_height, width, height;  // points
  int columns, rows;
  double margin, code;  // code: side of the QR code with its quiet zone
  double size;          // of ordinary text
};

Layout layout_of(LabelFormat format) {
  if (format == LabelFormat::kA4) {
    return {mm(210), mm(297), mm(70), mm(297.0 / 8), 3, 8, mm(3), mm(29), 7.5};
  }
  return {mm(60), mm(40), mm(60), mm(40), 1, 1, mm(2), mm(28), 7};
}

struct Unref {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(QRcode* code) const { QRcode_free(code); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

cairo_status_t append_bytes(void* to, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

struct Line {
  std::string text;
  double size;  // relative to the layout's
  bool bold = false;
  int max_lines = 1;  // 0: as many as it takes, broken anywhere, never cut
};

std::vector<Line> lines_of(const DeviceLabel& label, const LabelTexts& texts) {
  std::vector<Line> lines;
  const auto add = [&](std::string text, double size, bool bold, int max_lines) {
    if (!text.empty()) lines.push_back({std::move(text), size, bold, max_lines});
  };
  add(label.product, 1.25, true, 2);
  add(label.model, 1.1, false, 2);
  if (!label.serial_number.empty()) {
    add(texts.serial_prefix + " " + label.serial_number, 1.0, false, 0);
  }
  add(texts.organisation, 1.0, false, 2);
  add(texts.phone, 1.1, true, 1);
  add(texts.scan, 1.1, true, 2);
  return lines;
}

class Sheet {
 public:
  Sheet(cairo_t* cairo, const Layout& layout, const LabelTexts& texts)
      : cairo_(cairo), layout_(layout), texts_(texts) {}

  Result<void> draw(const DeviceLabel& label, double x, double y) {
    cairo_save(cairo_);
    cairo_rectangle(cairo_, x, y, layout_.width, layout_.height);
    cairo_clip(cairo_);
    const double code_y = y + (layout_.height - layout_.code) / 2;
    const auto drawn = draw_code(label.url, x + layout_.margin / 2, code_y);
    if (drawn.ok()) {
      const double text_x = x + layout_.margin / 2 + layout_.code;
      draw_text(lines_of(label, texts_), text_x, y + layout_.margin,
                x + layout_.width - layout_.margin - text_x, layout_.height - 2 * layout_.margin);
    }
    cairo_restore(cairo_);
    return drawn;
  }

 private:
  Result<void> draw_code(const std::string& url, double x, double y) {
    const Owned<QRcode> code(QRcode_encodeString8bit(url.c_str(), 0, QR_ECLEVEL_M));
    if (!code) return invalid("label.url_too_long");
    const int width = code->width;
    const double module = layout_.code / (width + 2 * kQuietModules);
    cairo_set_antialias(cairo_, CAIRO_ANTIALIAS_NONE);
    cairo_set_source_rgb(cairo_, 0, 0, 0);
    for (int row = 0; row < width; ++row) {
      for (int from = 0; from < width; ++from) {
        const auto dark = [&](int column) {
          return column < width && (code->data[row * width + column] & 1) != 0;
        };
        if (!dark(from)) continue;
        int to = from;  // neighbours as one rectangle: no hairlines between them
        while (dark(to)) ++to;
        cairo_rectangle(cairo_, x + (from + kQuietModules) * module,
                        y + (row + kQuietModules) * module, (to - from) * module, module);
        from = to;
      }
    }
    cairo_fill(cairo_);
    return {};
  }

  Owned<PangoLayout> set(const Line& line, double scale, double width) {
    Owned<PangoLayout> layout(pango_cairo_create_layout(cairo_));
    pango_cairo_context_set_resolution(pango_layout_get_context(layout.get()), 72);
    const Owned<PangoFontDescription> font(pango_font_description_from_string(kFonts));
    pango_font_description_set_absolute_size(font.get(),
                                             layout_.size * line.size * scale * PANGO_SCALE);
    if (line.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), line.text.data(), static_cast<int>(line.text.size()));
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    if (line.max_lines == 0) {
      pango_layout_set_wrap(layout.get(), PANGO_WRAP_CHAR);
      PangoAttrList* const attributes = pango_attr_list_new();  // a hyphen would change the number
      pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
      pango_layout_set_attributes(layout.get(), attributes);
      pango_attr_list_unref(attributes);
    } else {
      pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height(layout.get(), -line.max_lines);
      pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    }
    return layout;
  }

  static double height_of(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  void draw_text(const std::vector<Line>& lines, double x, double y, double width, double height) {
    std::vector<Owned<PangoLayout>> set_lines;
    double total = 0;
    for (double scale = 1.0; scale >= kSmallest; scale -= 0.05) {
      set_lines.clear();
      total = 0;
      for (const auto& line : lines) {
        set_lines.push_back(set(line, scale, width));
        total += height_of(set_lines.back().get());
      }
      if (total <= height) break;
    }
    cairo_set_antialias(cairo_, CAIRO_ANTIALIAS_DEFAULT);
    y += std::max(0.0, (height - total) / 2);
    for (const auto& line : set_lines) {
      cairo_move_to(cairo_, x, y);
      pango_cairo_show_layout(cairo_, line.get());
      y += height_of(line.get());
    }
  }

  cairo_t* cairo_;
  const Layout& layout_;
  const LabelTexts& texts_;
};
}  // namespace

Result<std::string> labels_pdf(LabelFormat format, const std::vector<DeviceLabel>& labels,
                               const LabelTexts& texts) {
  if (labels.empty()) return invalid("label.none");
  if (labels.size() > kMaxLabels) {
    return invalid("label.too_many", {}, {{"max", std::to_string(kMaxLabels)}});
  }
  const Layout layout = layout_of(format);
  std::string pdf;
  {
    const Owned<cairo_surface_t> surface(cairo_pdf_surface_create_for_stream(
        &append_bytes, &pdf, layout.page_width, layout.page_height));
    const Owned<cairo_t> cairo(cairo_create(surface.get()));
    Sheet sheet(cairo.get(), layout, texts);
    const auto per_page = static_cast<std::size_t>(layout.columns * layout.rows);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (labels[i].url.size() > kMaxUrl) return invalid("label.url_too_long");
      const auto place = i % per_page;
      if (i > 0 && place == 0) cairo_show_page(cairo.get());
      const auto column = place % static_cast<std::size_t>(layout.columns);
      const auto row = place / static_cast<std::size_t>(layout.columns);
      HOUGU_CHECK(sheet.draw(labels[i], static_cast<double>(column) * layout.width,
                             static_cast<double>(row) * layout.height));
    }
    cairo_show_page(cairo.get());
    cairo_surface_finish(surface.get());
    const cairo_status_t status = cairo_surface_status(surface.get());
    if (status != CAIRO_STATUS_SUCCESS) {
      return internal(std::string("labels: ") + cairo_status_to_string(status));
    }
  }
  return pdf;
}
}  // namespace hougu::service
