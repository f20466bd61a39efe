#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "app/gl/texture.hpp"
#include "app/render/font_set.hpp"
#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::render {

/// Pixels of the atlas that are drawn one to one.
struct Sprite {
    int x = 0;  ///< Where its top left goes, in whole pixels.
    int y = 0;
    int column = 0;  ///< Its top left in the atlas.
    int row = 0;
    int width = 0;
    int height = 0;
};

/// A texture with the glyphs that were drawn so far, at the very sizes they were drawn at and, as pens stand
/// between pixels, at up to four places within a pixel. Baselines are rounded to whole pixels, so that
/// letters stand sharp on them. It grows when it is full.
class FontAtlas {
  public:
    /// Fails if the fonts cannot be read, or there is no graphics memory for the texture.
    static Result<FontAtlas> create();

    /// They stay where they are when the atlas moves.
    const FontSet& fonts() const { return *fonts_; }

    /// The picture of a glyph, rasterized if it is new. Nothing if the atlas is full and cannot grow: then
    /// what was found so far has to be drawn, the atlas cleared, and the glyph asked for again. An empty one
    /// is a space.
    std::optional<Sprite> find(const timeline::Glyph& glyph);

    /// Forgets all glyphs.
    void clear();

    /// The texture, with all that was found.
    const gl::Texture& texture();

  private:
    /// A row of glyphs of about one height, filled from the left.
    struct Shelf {
        int row;
        int height;
        int used;  ///< columns
    };

    FontAtlas(std::unique_ptr<FontSet> fonts, gl::Texture texture);

    std::optional<Sprite> add(const timeline::Glyph& glyph, float shift);
    Shelf* shelf_for(int width, int height);
    bool grow();

    std::unique_ptr<FontSet> fonts_;
    gl::Texture texture_;
    std::vector<std::uint8_t> pixels_;  ///< What the texture holds, or will.
    std::vector<Shelf> shelves_;
    int shelved_rows_ = 0;
    int changed_from_ = 0;                               ///< Rows that the texture lacks: from …
    int changed_to_ = 0;                                 ///< … up to this one, which it has.
    std::unordered_map<std::uint64_t, Sprite> sprites_;  ///< By key; x and y from the pen's pixel.
};

}  // namespace loopscope::render
