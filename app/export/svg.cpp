// SPDX-License-Identifier: MIT
#include "app/export/svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "app/timeline/band_pixels.hpp"
#include "core/base/atomic_file.hpp"
#include "core/base/escape.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::export_ {
namespace {

using timeline::Band;
using timeline::Color;
using timeline::DrawList;
using timeline::Glyph;
using timeline::Quad;
using timeline::Rect;
using timeline::Segment;
using timeline::Texel;

/// Returns the attributes for a paint, such as `fill="#5b8def" fill-opacity="0.62"`.
std::string paint(const char* what, Color color, float share = 1) {
    std::string text = fmt::format(R"({}="#{:02x}{:02x}{:02x}")", what, color.red, color.green, color.blue);
    const float opacity = share * static_cast<float>(color.alpha) / 255;
    if (opacity < 0.999F) text += fmt::format(R"( {}-opacity="{:.3g}")", what, opacity);
    return text;
}

Color not_premultiplied(Color color) {
    const auto channel = [&](int value) {
        return static_cast<std::uint8_t>(std::min(value * 255 / color.alpha, 255));
    };
    return {channel(color.red), channel(color.green), channel(color.blue), color.alpha};
}

class Writer {
  public:
    Writer(const DrawList& list, const timeline::TextMetrics& metrics, gl::Size size, Color ground)
        : metrics_(metrics), list_(list) {
        say(R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">)"
            "\n",
            size.width, size.height);
        rect({0, 0, static_cast<float>(size.width), static_cast<float>(size.height)}, 0,
             paint("fill", ground));
        for (const timeline::Layer& layer : list.layers) {
            for (const Band& band : layer.bands) add(band);
            for (const Quad& quad : layer.quads) add(quad);
            for (const Segment& segment : layer.segments) add(segment);
            add(layer.glyphs);
        }
        text_ += "</svg>\n";
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    template <class... Values>
    void say(fmt::format_string<Values...> format, Values&&... values) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
    }

    void rect(const Rect& rect, float radius, std::string_view how) {
        if (rect.width <= 0 || rect.height <= 0) return;
        say(R"(<rect x="{:.6g}" y="{:.6g}" width="{:.6g}" height="{:.6g}")", rect.x, rect.y, rect.width,
            rect.height);
        if (radius > 0) say(R"( rx="{:.6g}")", radius);
        say(" {}/>\n", how);
    }

    /// Adds the outline of a quad, reduced by `inset` pixels on all sides.
    void outline(const Quad& quad, float inset, std::string_view how) {
        const Rect& all = quad.rect;
        const Rect inner = {all.x + inset, all.y + inset, all.width - 2 * inset, all.height - 2 * inset};
        const float maximum = std::max(std::min(inner.width, inner.height) / 2, 0.0F);
        const float radius = std::clamp(quad.radius - inset, 0.0F, maximum);
        if (quad.notch <= 0) return rect(inner, radius, how);
        const float cut = std::min(quad.notch, std::min(inner.width, inner.height));
        say(R"(<path d="M{0:.6g} {1:.6g}H{2:.6g}l{3:.6g} {3:.6g}V{4:.6g})", inner.x + radius, inner.y,
            inner.right() - cut, cut, inner.bottom() - radius);
        say("a{0:.6g} {0:.6g} 0 0 1 -{0:.6g} {0:.6g}H{1:.6g}a{0:.6g} {0:.6g} 0 0 1 -{0:.6g} -{0:.6g}", radius,
            inner.x + radius);
        say(R"(V{1:.6g}a{0:.6g} {0:.6g} 0 0 1 {0:.6g} -{0:.6g}z" {2}/>)"
            "\n",
            radius, inner.y + radius, how);
    }

    // Adds a quad. Its border is inside the edge, and SVG draws a stroke on both sides of a line.
    void add(const Quad& quad) {
        if (quad.fill.alpha > 0) outline(quad, 0, paint("fill", quad.fill));
        if (quad.border <= 0 || quad.edge.alpha == 0) return;
        outline(
            quad, quad.border / 2,
            fmt::format(R"(fill="none" {} stroke-width="{:.6g}")", paint("stroke", quad.edge), quad.border));
    }

    void add(const Segment& segment) {
        say(R"(<line x1="{:.6g}" y1="{:.6g}" x2="{:.6g}" y2="{:.6g}" {} stroke-width="{:.6g}" )", segment.x0,
            segment.y0, segment.x1, segment.y1, paint("stroke", segment.color), segment.width);
        if (segment.dash > 0) {  // the round ends are part of the dash
            const float on = std::max(segment.dash - segment.width, 0.0F);
            say(R"(stroke-dasharray="{:.6g} {:.6g}" )", on, 2 * segment.dash - on);
        }
        text_ += "stroke-linecap=\"round\"/>\n";
    }

    // Adds a band as shaders/band_pass.frag draws it; neighbouring pixels that look alike become one
    // rectangle.
    void add(const Band& band) {
        const auto columns = std::span(list_.texels).subspan(band.first, band.count);
        const auto begin = static_cast<std::int32_t>(std::floor(std::max(band.rect.x, band.clip_left)));
        const auto end = static_cast<std::int32_t>(std::ceil(std::min(band.rect.right(), band.clip_right)));
        text_ += "<g shape-rendering=\"crispEdges\">\n";
        Texel texel;
        auto from = static_cast<float>(begin);
        for (std::int32_t x = begin; x <= end; ++x) {
            const Texel next = x < end ? pixel_of(band, columns, x) : Texel{};
            const auto at = static_cast<float>(x);
            const bool fades = at - 1 < band.fades_from && at >= band.fades_from;
            if (next == texel && !fades && x < end) continue;
            pixels(band, texel, from, at);
            texel = next;
            from = at;
        }
        text_ += "</g>\n";
    }

    void pixels(const Band& band, const Texel& texel, float left, float right) {
        if (right <= left || (texel.fill.alpha | texel.mark.alpha) == 0) return;
        const float block = band.rect.height - band.stroke - 1;
        const float width = right - left;
        const float share = left >= band.fades_from ? 0.24F : 1.0F;
        // A stale column's stroke, with a gap below it, takes the place of the top of the block.
        const float top = texel.is_stale() ? std::min(band.stroke + 1, block) : 0;
        const auto part = [&](float from, float to) {
            return Rect{left, band.rect.y + std::max(from, top), width, to - std::max(from, top)};
        };
        if (texel.fill.alpha > 0)
            rect(part(0, block), 0, paint("fill", not_premultiplied(texel.fill), 0.62F * share));
        if (const float dense = texel.density(); dense > 0) {
            const float high = block * (0.3F + 0.64F * dense);
            Color mark = texel.mark;
            mark.alpha = 255;
            rect(part((block - high) / 2, (block + high) / 2), 0, paint("fill", mark, share));
        }
        const std::string stroke = paint("fill", band.leak, share);
        if (texel.is_stale()) rect({left, band.rect.y, width, band.stroke}, 0, stroke);
        if (texel.leaks()) rect({left, band.rect.y + block + 1, width, band.stroke}, 0, stroke);
    }

    /// Adds glyphs; those that follow one another on a line become one text.
    void add(std::span<const Glyph> glyphs) {
        while (!glyphs.empty()) {
            std::size_t count = 1;
            while (count < glyphs.size() && gap(glyphs[count - 1], glyphs[count])) ++count;
            text(glyphs.first(count));
            glyphs = glyphs.subspan(count);
        }
    }

    [[nodiscard]] float width(const Glyph& glyph) const {
        std::string character;
        append_utf8(character, glyph.character);
        return metrics_.width(character, glyph.face, glyph.size);
    }

    /// Returns the free space between a glyph and the next one of the same text, in pixels; nothing if the
    /// next one belongs to another text.
    [[nodiscard]] std::optional<float> gap(const Glyph& glyph, const Glyph& next) const {
        if (glyph.y != next.y || glyph.size != next.size || glyph.face != next.face ||
            glyph.color != next.color)
            return std::nullopt;
        const float gap = next.x - glyph.x - width(glyph);
        if (gap < -0.2F * glyph.size || gap > 0.8F * glyph.size) return std::nullopt;
        return gap;
    }

    void text(std::span<const Glyph> glyphs) {
        static constexpr std::array<std::string_view, 4> fonts = {
            "font-family=\"JetBrains Mono, monospace\"",
            "font-family=\"JetBrains Mono, monospace\" font-weight=\"bold\"",
            "font-family=\"Inter, sans-serif\"",
            "font-family=\"Inter, sans-serif\" font-weight=\"600\"",
        };
        const Glyph& first = glyphs.front();
        say(R"(<text x="{:.6g}" y="{:.6g}" font-size="{:.6g}" {} {})", first.x, first.y, first.size,
            fonts.at(static_cast<std::size_t>(first.face)), paint("fill", first.color));
        // The length makes any replacement font take as much room.
        if (glyphs.size() > 1)
            say(R"( textLength="{:.6g}")", glyphs.back().x + width(glyphs.back()) - first.x);
        text_ += '>';
        for (std::size_t each = 0; each < glyphs.size(); ++each) {
            append_xml(text_, glyphs[each].character);
            // A draw list has no glyphs for spaces.
            if (each + 1 < glyphs.size() && *gap(glyphs[each], glyphs[each + 1]) > 0.15F * first.size)
                text_ += ' ';
        }
        text_ += "</text>\n";
    }

    const timeline::TextMetrics& metrics_;
    const DrawList& list_;
    std::string text_;
};

}  // namespace

std::string svg_of(const DrawList& list, const timeline::TextMetrics& metrics, gl::Size size, Color ground) {
    return Writer(list, metrics, size, ground).take();
}

Result<void> write_svg(const std::filesystem::path& path, const std::string& document) {
    LOOPSCOPE_TRY(file, AtomicFile::open(path));
    if (auto written = file.write(document); !written) return written;
    return file.commit();
}

}  // namespace loopscope::export_
