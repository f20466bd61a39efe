#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <stb/stb_truetype.h>

#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::render {

/// The pixels that a glyph inks, from its pen position; y downwards.
struct Ink {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
};

/// The fonts that are compiled into the program: how wide their texts are, and pictures of their glyphs.
/// Sizes are of the em square, as in CSS, and are rounded to quarters of a pixel. A character that a face
/// lacks is taken from mono, and if that lacks it too, is a box. Needs no OpenGL.
class FontSet final : public timeline::TextMetrics {
  public:
    /// The size that is drawn for a size that was asked for: a multiple of a quarter, at most 512 pixels.
    static float drawn_size(float size);

    /// Fails if a font is not one that can be read.
    static Result<std::unique_ptr<FontSet>> create();

    FontSet(const FontSet&) = delete;
    FontSet& operator=(const FontSet&) = delete;
    ~FontSet() override = default;

    float width(std::string_view text, timeline::Face face, float size) const override;
    float cap_height(timeline::Face face, float size) const override;
    /// With kerning. Bytes that are no UTF-8 become U+FFFD.
    Line place(std::string_view text, timeline::Face face, float size, float width) const override;

    /// Where the ink of a character is when its pen is `shift` (0 … 1) pixels right of a pixel's border.
    Ink ink(char32_t character, timeline::Face face, float size, float shift) const;

    /// Draws the character, as much as each pixel is covered (255: all of it), into rows of `stride` pixels,
    /// the first of which is the first of `ink`.
    void rasterize(char32_t character, timeline::Face face, float size, float shift, const Ink& ink,
                   std::span<std::uint8_t> pixels, std::size_t stride) const;

  private:
    struct Font {
        stbtt_fontinfo info{};
        float em = 0;          ///< Pixels of one font unit, at a size of one pixel.
        float cap_height = 0;  ///< At a size of one pixel.
    };

    /// A glyph of a font: its number there.
    struct Found {
        const Font* font;
        int glyph;
    };

    FontSet() = default;

    Result<void> load(timeline::Face face, std::string_view file);
    const Font& font(timeline::Face face) const { return fonts_.at(static_cast<std::size_t>(face)); }
    Found find(char32_t character, timeline::Face face) const;

    /// Calls `visit` with each character, its pen position, and the one behind it, all at a size of one
    /// pixel, until it returns false.
    template <class Visit>
    void walk(std::string_view text, timeline::Face face, const Visit& visit) const;

    std::array<Font, 4> fonts_{};  ///< By Face.
};

}  // namespace loopscope::render
