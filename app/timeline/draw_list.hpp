// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/excerpt.hpp"

namespace loopscope::timeline {

/// An sRGB colour, not premultiplied.
struct Color {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;

    /// Returns this colour with its opacity multiplied by `share`, 0 … 1.
    [[nodiscard]] constexpr Color faded(float share) const {
        return {red, green, blue, static_cast<std::uint8_t>(static_cast<float>(alpha) * share + 0.5F)};
    }
    friend constexpr bool operator==(Color, Color) = default;
};

/// An axis-parallel rectangle in pixels, y downwards.
struct Rect {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;

    [[nodiscard]] constexpr float right() const { return x + width; }
    [[nodiscard]] constexpr float bottom() const { return y + height; }
    [[nodiscard]] constexpr bool contains(float px, float py) const {
        return px >= x && px < right() && py >= y && py < bottom();
    }
    friend constexpr bool operator==(const Rect&, const Rect&) = default;
};

/// A filled rectangle with rounded corners and a border inside its edge. Its top right corner may be cut off
/// at 45 degrees.
struct Quad {
    Rect rect;
    float radius = 0;  ///< of the corners, in pixels
    float border = 0;  ///< width of the border, in pixels
    float notch = 0;   ///< length that is cut off the top edge and the right edge, in pixels
    Color fill;
    Color edge;  ///< colour of the border
    friend bool operator==(const Quad&, const Quad&) = default;
};

/// A straight line with round ends. With a dash, it is drawn as dots that are `dash` pixels long and `dash`
/// pixels apart.
struct Segment {
    float x0 = 0;
    float y0 = 0;
    float x1 = 0;
    float y1 = 0;
    float width = 1;
    float dash = 0;  ///< length of a dot and of a gap, in pixels; 0: solid
    Color color;
    friend bool operator==(const Segment&, const Segment&) = default;
};

/// The fonts of the timeline.
enum class Face : std::uint8_t { mono, mono_bold, sans, sans_bold };

/// A character of a text and the position of its pen on the baseline, in pixels.
struct Glyph {
    float x = 0;
    float y = 0;
    float size = 0;  ///< font size, in pixels
    char32_t character = 0;
    Face face = Face::mono;
    Color color;
    friend bool operator==(const Glyph&, const Glyph&) = default;
};

/// The density of one column of a band.
struct Texel {
    Color fill;  ///< colour of the steps; alpha: their density
    /// Colour of the prints; alpha: their density, 0 … max_density, plus `leak` if any print leaks, plus
    /// `stale` if any is stale.
    Color mark;

    static constexpr std::uint8_t leak = 128;
    static constexpr std::uint8_t stale = 64;
    static constexpr std::uint8_t max_density = 63;
    /// Returns whether any print of the column leaks.
    [[nodiscard]] constexpr bool leaks() const { return (mark.alpha & leak) != 0; }
    /// Returns whether any print of the column is stale.
    [[nodiscard]] constexpr bool is_stale() const { return (mark.alpha & stale) != 0; }
    /// Returns the density of the prints, from 0 to 1.
    [[nodiscard]] constexpr float density() const {
        return static_cast<float>(mark.alpha & max_density) / max_density;
    }
    friend constexpr bool operator==(const Texel&, const Texel&) = default;
};

/// A row of columns of equal width, each as dense as its texel says. It is one instance for the GPU, however
/// many columns it has. Columns may be narrower than a pixel: those that share a pixel are mixed, and the
/// pixel shows a leak or a stale print if any of them does.
struct Band {
    Rect rect;                ///< from the left of the first column to the right of the last
    std::uint32_t first = 0;  ///< index of the first texel in DrawList::texels
    std::uint32_t count = 0;  ///< number of columns
    float column = 1;         ///< width of a column, in pixels; `rect` is `count` of them wide
    float stroke =
        2;  ///< height of the stroke below columns that leak, and at the top of stale ones, in pixels
    float fades_from = 1e9F;  ///< x from which on the band is faded: these events have not happened yet
    float clip_left = 0;      ///< columns are cut off left of this x, in pixels
    float clip_right = 1e9F;  ///< columns are cut off right of this x, in pixels
    Color leak;               ///< colour of these strokes
    friend bool operator==(const Band&, const Band&) = default;
};

/// What is drawn at one depth. Bands are at the back, then quads, segments, and glyphs in front.
struct Layer {
    std::vector<Band> bands;
    std::vector<Quad> quads;
    std::vector<Segment> segments;
    std::vector<Glyph> glyphs;

    void clear() {
        bands.clear();
        quads.clear();
        segments.clear();
        glyphs.clear();
    }
    friend bool operator==(const Layer&, const Layer&) = default;
};

/// A picture of the timeline as plain data, which tests examine and the renderer draws. Coordinates are
/// pixels of the framebuffer; the origin is the top left of the timeline. Layers are ordered from back to
/// front.
struct DrawList {
    /// The layers, from back to front; `depths` is their number.
    enum Depth : std::uint8_t { grid, lanes, marks, arrows, cursor, labels, depths };

    std::array<Layer, depths> layers;
    std::vector<Texel> texels;  ///< texels of all bands

    Layer& operator[](Depth depth) { return layers.at(depth); }
    const Layer& operator[](Depth depth) const { return layers.at(depth); }
    void clear() {
        for (Layer& layer : layers) layer.clear();
        texels.clear();
    }
    friend bool operator==(const DrawList&, const DrawList&) = default;
};

/// Measures text. The geometry asks, and the renderer's font atlas answers; tests may use a fixed width. Text
/// is laid out up to a given width and no further, because a name in a file may be far longer than any
/// picture is wide.
class TextMetrics {
  public:
    /// The maximum width of a laid-out text, in pixels: no picture is wider.
    static constexpr float max_width = 16384;

    virtual ~TextMetrics() = default;
    /// Returns the advance width of a UTF-8 text on one line, in pixels. Stops at the first character that
    /// ends beyond `max_width`.
    [[nodiscard]] virtual float width(std::string_view text, Face face, float size) const = 0;
    /// Returns the height of a capital letter above the baseline, in pixels.
    [[nodiscard]] virtual float cap_height(Face face, float size) const = 0;

    /// A character and the offset of its pen from the start of the text, in pixels.
    struct Placed {
        char32_t character;
        float offset;
    };
    /// The layout of a text, or of its beginning.
    struct Line {
        std::vector<Placed> characters;
        float width = 0;    ///< advance width of the characters, in pixels
        bool whole = true;  ///< whether `characters` hold the whole text
    };
    /// Returns the characters of a text with their offsets, up to the first that ends beyond `width` pixels.
    [[nodiscard]] virtual Line place(std::string_view text, Face face, float size, float width) const = 0;

  protected:
    /// Returns a beginning of the text that is long enough to fill `width` pixels: few characters are
    /// narrower than a pixel, and none takes more than four bytes.
    static std::string_view visible_part(std::string_view text, float width) {
        return beginning_of(text, 64 + 4 * static_cast<std::size_t>(std::clamp(width, 0.0F, max_width)));
    }
};

}  // namespace loopscope::timeline
