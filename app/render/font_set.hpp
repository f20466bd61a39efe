// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <stb/stb_truetype.h>

#include "app/render/kerning.hpp"
#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::render {

/// The pixels that a glyph covers, relative to its pen position; y points down.
struct Ink {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
};

/// The fonts that are compiled into the program: measures texts and rasterizes glyphs. Sizes are those of the
/// em square, as in CSS, and are rounded to quarters of a pixel. A character that a face lacks is taken from
/// mono; one that mono lacks as well is drawn as a box. Needs no OpenGL.
class FontSet final : public timeline::TextMetrics {
  public:
    /// Returns the size that is drawn for a requested size, in pixels: a multiple of a quarter, at most 512.
    static float drawn_size(float size);

    /// Loads the fonts. Fails if one cannot be read.
    static Result<std::unique_ptr<FontSet>> create();

    FontSet(const FontSet&) = delete;
    FontSet& operator=(const FontSet&) = delete;
    ~FontSet() override = default;

    float width(std::string_view text, timeline::Face face, float size) const override;
    float cap_height(timeline::Face face, float size) const override;
    /// Returns the characters with kerning. Bytes that are not UTF-8 become U+FFFD.
    Line place(std::string_view text, timeline::Face face, float size, float width) const override;

    /// Returns the pixels that a character covers when its pen is `shift` (0 … 1) pixels right of a pixel's
    /// left edge.
    Ink ink(char32_t character, timeline::Face face, float size, float shift) const;

    /// Writes the coverage of each pixel, 0 … 255, into `pixels`, whose rows are `stride` bytes apart and
    /// whose first byte is the top left of `ink`.
    void rasterize(char32_t character, timeline::Face face, float size, float shift, const Ink& ink,
                   std::span<std::uint8_t> pixels, std::size_t stride) const;

  private:
    struct Font {
        stbtt_fontinfo info{};
        Kerning kerning;
        float em = 0;          ///< pixels per font unit, at a size of one pixel
        float cap_height = 0;  ///< in pixels, at a size of one pixel
    };

    /// A glyph: a font and the glyph's index in it.
    struct Found {
        const Font* font;
        int glyph;
    };

    FontSet() = default;

    Result<void> load(timeline::Face face, std::string_view file);
    const Font& font(timeline::Face face) const { return fonts_.at(static_cast<std::size_t>(face)); }
    Found find(char32_t character, timeline::Face face) const;

    /// Calls `visit` with each character, the position of its pen, and that of the pen after it, all at a
    /// size of one pixel, until `visit` returns false.
    template <class Visit>
    void walk(std::string_view text, timeline::Face face, const Visit& visit) const;

    std::array<Font, 4> fonts_{};  ///< by Face
};

}  // namespace loopscope::render
