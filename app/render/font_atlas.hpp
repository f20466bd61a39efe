// SPDX-License-Identifier: MIT
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

/// A rectangle of the atlas that is drawn pixel for pixel.
struct Sprite {
    int x = 0;  ///< x of the top left on the screen, in whole pixels
    int y = 0;
    int column = 0;  ///< column of the top left in the atlas
    int row = 0;
    int width = 0;
    int height = 0;
};

/// A texture with all glyphs that were drawn so far, each in the sizes in which it was drawn. As pens stand
/// between pixels, a glyph has up to four pictures, for positions within a pixel; baselines are rounded to
/// whole pixels, so that letters are sharp. The texture grows when it is full.
class FontAtlas {
  public:
    /// Makes an empty atlas. Fails if the fonts cannot be read or there is no graphics memory for the
    /// texture.
    static Result<FontAtlas> create();

    /// Returns the fonts. The reference stays valid when the atlas moves.
    const FontSet& fonts() const { return *fonts_; }

    /// Returns the picture of a glyph, which is rasterized if it is new; it is empty for a space. Returns
    /// nothing if the atlas is full and cannot grow: then draw the sprites found so far, call clear(), and
    /// ask again.
    std::optional<Sprite> find(const timeline::Glyph& glyph);

    /// Removes all glyphs.
    void clear();

    /// Returns the texture, after uploading all glyphs that were found.
    const gl::Texture& texture();

  private:
    /// A row of glyphs of about the same height, filled from the left.
    struct Shelf {
        int row;
        int height;
        int used;  ///< number of columns in use
    };

    FontAtlas(std::unique_ptr<FontSet> fonts, gl::Texture texture);

    std::optional<Sprite> add(const timeline::Glyph& glyph, float shift);
    Shelf* shelf_for(int width, int height);
    bool grow();

    std::unique_ptr<FontSet> fonts_;
    gl::Texture texture_;
    std::vector<std::uint8_t> pixels_;  ///< the content of the texture, including rows not uploaded yet
    std::vector<Shelf> shelves_;
    int shelved_rows_ = 0;
    int changed_from_ = 0;                               ///< first row that has to be uploaded
    int changed_to_ = 0;                                 ///< one past the last row that has to be uploaded
    std::unordered_map<std::uint64_t, Sprite> sprites_;  ///< by key; x and y are relative to the pen's pixel
};

}  // namespace loopscope::render
