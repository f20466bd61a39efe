#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/excerpt.hpp"

namespace loopscope::timeline {

/// A colour, not premultiplied, sRGB.
struct Color {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;

    /// The same colour, `share` as opaque.
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

/// A filled rectangle with rounded corners, a border inside its edge, and perhaps its top right corner cut
/// off at 45 degrees.
struct Quad {
    Rect rect;
    float radius = 0;  ///< of the corners, in pixels
    float border = 0;  ///< width of the border, in pixels
    float notch = 0;   ///< how much of the top and right edge is cut away, in pixels
    Color fill;
    Color edge;  ///< colour of the border
    friend bool operator==(const Quad&, const Quad&) = default;
};

/// A straight line with round ends. With a dash, it is drawn as dots: `dash` on, `dash` off.
struct Segment {
    float x0 = 0;
    float y0 = 0;
    float x1 = 0;
    float y1 = 0;
    float width = 1;
    float dash = 0;  ///< in pixels; 0: solid
    Color color;
    friend bool operator==(const Segment&, const Segment&) = default;
};

enum class Face : std::uint8_t { mono, mono_bold, sans, sans_bold };

/// A character, its pen position on the baseline.
struct Glyph {
    float x = 0;
    float y = 0;
    float size = 0;  ///< of the font, in pixels
    char32_t character = 0;
    Face face = Face::mono;
    Color color;
    friend bool operator==(const Glyph&, const Glyph&) = default;
};

/// One column of a band: what is merged in it.
struct Texel {
    Color fill;  ///< of the steps; alpha: how dense they are
    Color mark;  ///< of the prints; alpha: how dense they are, 0 … 127, and `leak` if one of them leaks

    static constexpr std::uint8_t leak = 128;
    [[nodiscard]] constexpr bool leaks() const { return (mark.alpha & leak) != 0; }
    friend constexpr bool operator==(const Texel&, const Texel&) = default;
};

/// A row of columns of equal width, each as dense as its texel says: however many there are, one instance.
/// Columns may be narrower than a pixel; what shares a pixel is mixed, and a leak among it stays a leak.
struct Band {
    Rect rect;                ///< from the first column to the end of the last
    std::uint32_t first = 0;  ///< its first texel in DrawList::texels
    std::uint32_t count = 0;  ///< of columns
    float stroke = 2;         ///< height of the stroke below columns that leak, in pixels
    float fades_from = 1e9F;  ///< x from which on it stands back, as what has not happened yet does
    float clip_left = 0;      ///< columns are cut off here, and at clip_right
    float clip_right = 1e9F;
    Color leak;  ///< of that stroke
    friend bool operator==(const Band&, const Band&) = default;
};

/// What is drawn at one depth: bands, on them quads, on them segments, on them glyphs.
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

/// A picture of the timeline as plain data: what tests look at and what the renderer draws. Pixels of the
/// framebuffer, origin at the top left of the timeline. From back to front.
struct DrawList {
    enum Depth : std::uint8_t { grid, lanes, marks, arrows, cursor, labels, depths };

    std::array<Layer, depths> layers;
    std::vector<Texel> texels;  ///< of all bands

    Layer& operator[](Depth depth) { return layers.at(depth); }
    const Layer& operator[](Depth depth) const { return layers.at(depth); }
    void clear() {
        for (Layer& layer : layers) layer.clear();
        texels.clear();
    }
    friend bool operator==(const DrawList&, const DrawList&) = default;
};

/// How wide and high text is. The geometry asks, the renderer's font atlas answers; a test may use a fixed
/// width. Text is laid out up to a width and no further: what a stranger's file calls something may be longer
/// than any picture is wide, by far.
class TextMetrics {
  public:
    /// No text is laid out wider than this, in pixels: no picture is wider.
    static constexpr float max_width = 16384;

    virtual ~TextMetrics() = default;
    /// Returns the advance width of a UTF-8 text on one line, in pixels; at most `max_width` and a character.
    [[nodiscard]] virtual float width(std::string_view text, Face face, float size) const = 0;
    /// Height of a capital letter above the baseline, in pixels.
    [[nodiscard]] virtual float cap_height(Face face, float size) const = 0;

    /// A character and its pen's offset from the start, in pixels.
    struct Placed {
        char32_t character;
        float offset;
    };
    /// A text, or its beginning.
    struct Line {
        std::vector<Placed> characters;
        float width = 0;    ///< advance width of the characters, in pixels
        bool whole = true;  ///< whether they are all of the text
    };
    /// Returns where the characters of a text stand, up to the first that ends beyond `width` pixels.
    [[nodiscard]] virtual Line place(std::string_view text, Face face, float size, float width) const = 0;

  protected:
    /// Returns the beginning of a text that holds all that so many pixels can show: few characters are less
    /// than a pixel wide, and none has more than four bytes.
    static std::string_view visible_part(std::string_view text, float width) {
        return beginning_of(text, 64 + 4 * static_cast<std::size_t>(std::clamp(width, 0.0F, max_width)));
    }
};

}  // namespace loopscope::timeline
