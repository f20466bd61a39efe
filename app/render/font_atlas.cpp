// SPDX-License-Identifier: MIT
#include "app/render/font_atlas.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace loopscope::render {
namespace {

using timeline::Glyph;

constexpr int columns = 1024;
constexpr int first_rows = 256;
constexpr int max_rows = 4096;  // 4 MB: more than a screen of different letters
constexpr int places = 4;       // positions of a pen within a pixel

/// Returns a key that is equal for glyphs with equal pictures.
std::uint64_t key_of(const Glyph& glyph, int place) {
    const auto quarters = static_cast<std::uint64_t>(std::lround(FontSet::drawn_size(glyph.size) * 4));
    const auto font = static_cast<std::uint64_t>(glyph.face) << 2U | static_cast<std::uint64_t>(place);
    return static_cast<std::uint64_t>(glyph.character) << 32U | quarters << 8U | font;
}

}  // namespace

Result<FontAtlas> FontAtlas::create() {
    LOOPSCOPE_TRY(fonts, FontSet::create());
    LOOPSCOPE_TRY(texture, gl::Texture::create({columns, first_rows}, gl::TextureFormat::r8,
                                               gl::TextureFilter::nearest));
    return FontAtlas(std::move(fonts), std::move(texture));
}

FontAtlas::FontAtlas(std::unique_ptr<FontSet> fonts, gl::Texture texture)
    : fonts_(std::move(fonts)),
      texture_(std::move(texture)),
      pixels_(static_cast<std::size_t>(columns) * first_rows) {}

std::optional<Sprite> FontAtlas::find(const Glyph& glyph) {
    const auto place = static_cast<int>(std::lround(glyph.x * places));
    const int pixel = place >= 0 ? place / places : (place + 1) / places - 1;
    const int within = place - pixel * places;
    const auto key = key_of(glyph, within);
    auto found = sprites_.find(key);
    if (found == sprites_.end()) {
        const auto added = add(glyph, static_cast<float>(within) / places);
        if (!added) return std::nullopt;
        found = sprites_.emplace(key, *added).first;
    }
    Sprite sprite = found->second;
    sprite.x += pixel;
    sprite.y += static_cast<int>(std::lround(glyph.y));
    return sprite;
}

std::optional<Sprite> FontAtlas::add(const Glyph& glyph, float shift) {
    const auto ink = fonts_->ink(glyph.character, glyph.face, glyph.size, shift);
    if (ink.width == 0 || ink.height == 0) return Sprite{};
    Shelf* shelf = shelf_for(ink.width, ink.height);
    if (shelf == nullptr) return std::nullopt;
    const Sprite sprite{ink.left, ink.top, shelf->used, shelf->row, ink.width, ink.height};
    shelf->used += ink.width;
    const auto start =
        static_cast<std::size_t>(sprite.row) * columns + static_cast<std::size_t>(sprite.column);
    fonts_->rasterize(glyph.character, glyph.face, glyph.size, shift, ink, std::span(pixels_).subspan(start),
                      columns);
    const bool unchanged = changed_from_ == changed_to_;
    changed_from_ = unchanged ? sprite.row : std::min(changed_from_, sprite.row);
    changed_to_ = std::max(unchanged ? 0 : changed_to_, sprite.row + sprite.height);
    return sprite;
}

/// Returns a shelf with room for a glyph; null if there is none and no more fit.
FontAtlas::Shelf* FontAtlas::shelf_for(int width, int height) {
    if (width > columns) return nullptr;
    for (Shelf& shelf : shelves_) {
        const bool wasteful = shelf.height > height + 4 + height / 4;
        if (shelf.height >= height && !wasteful && shelf.used + width <= columns) return &shelf;
    }
    const int shelf_height = (height + 3) / 4 * 4;
    while (shelved_rows_ + shelf_height > texture_.size().height) {
        if (!grow()) return nullptr;
    }
    shelves_.push_back({shelved_rows_, shelf_height, 0});
    shelved_rows_ += shelf_height;
    return &shelves_.back();
}

/// Doubles the number of rows; glyphs keep their places. Returns false if the atlas cannot grow.
bool FontAtlas::grow() {
    const int rows = texture_.size().height * 2;
    if (rows > max_rows) return false;
    auto texture = gl::Texture::create({columns, rows}, gl::TextureFormat::r8, gl::TextureFilter::nearest);
    if (!texture) return false;  // not an error: the atlas can be cleared instead
    texture_ = std::move(*texture);
    pixels_.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    changed_from_ = 0;
    changed_to_ = rows;
    return true;
}

void FontAtlas::clear() {
    sprites_.clear();
    shelves_.clear();
    shelved_rows_ = 0;
}

const gl::Texture& FontAtlas::texture() {
    if (changed_from_ < changed_to_) {
        const int rows = changed_to_ - changed_from_;
        const auto start = static_cast<std::size_t>(changed_from_) * columns;
        texture_.upload({0, changed_from_, {columns, rows}},
                        std::span(pixels_).subspan(start, static_cast<std::size_t>(rows) * columns));
        changed_from_ = changed_to_ = 0;
    }
    return texture_;
}

}  // namespace loopscope::render
