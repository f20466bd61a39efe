// SPDX-License-Identifier: MIT
#include "app/render/font_set.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "app/fonts/file.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::render {
namespace {

using timeline::Face;

/// Removes the first character of a text that is not empty, and returns it.
char32_t take_character(std::string_view& text) {
    const Utf8Character first = first_character(text);
    text.remove_prefix(first.size);
    return first.code;
}

/// Returns the face that supplies the characters that a face lacks; mono has a box for characters that it
/// lacks.
Face lender(Face face) {
    return face == Face::sans_bold ? Face::mono_bold : Face::mono;
}

}  // namespace

float FontSet::drawn_size(float size) {
    return std::clamp(std::round(size * 4), 1.0F, 4 * 512.0F) / 4;
}

Result<std::unique_ptr<FontSet>> FontSet::create() {
    std::unique_ptr<FontSet> set(new FontSet);
    return set->load(Face::mono, "JetBrainsMono-Regular.ttf")
        .and_then([&] { return set->load(Face::mono_bold, "JetBrainsMono-Bold.ttf"); })
        .and_then([&] { return set->load(Face::sans, "Inter-Regular.otf"); })
        .and_then([&] { return set->load(Face::sans_bold, "Inter-SemiBold.otf"); })
        .map([&] { return std::move(set); });
}

Result<void> FontSet::load(Face face, std::string_view file) {
    const auto data = fonts::file(file);
    const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
    Font& font = fonts_.at(static_cast<std::size_t>(face));
    if (data.empty() || stbtt_InitFont(&font.info, bytes, 0) == 0) {
        return fail(
            fmt::format("{}, which is compiled into the program, cannot be read; install the font again and "
                        "rebuild the program",
                        file),
            Error::Code::damaged);
    }
    font.kerning = Kerning({bytes, data.size()});
    font.em = stbtt_ScaleForMappingEmToPixels(&font.info, 1);
    int top = 0;
    stbtt_GetCodepointBox(&font.info, 'H', nullptr, nullptr, nullptr, &top);
    font.cap_height = static_cast<float>(top) * font.em;
    return {};
}

FontSet::Found FontSet::find(char32_t character, Face face) const {
    const Font& own = font(face);
    const int glyph = stbtt_FindGlyphIndex(&own.info, static_cast<int>(character));
    if (glyph != 0 || face == Face::mono) return {&own, glyph};
    return find(character, lender(face));
}

template <class Visit>
void FontSet::walk(std::string_view text, Face face, const Visit& visit) const {
    float pen = 0;
    Found before{nullptr, 0};
    while (!text.empty()) {
        const char32_t character = take_character(text);
        const Found found = find(character, face);
        if (found.font == before.font) {
            pen +=
                static_cast<float>(found.font->kerning.between(before.glyph, found.glyph)) * found.font->em;
        }
        int advance = 0;
        stbtt_GetGlyphHMetrics(&found.font->info, found.glyph, &advance, nullptr);
        const float end = pen + static_cast<float>(advance) * found.font->em;
        if (!visit(character, pen, end)) return;
        pen = end;
        before = found;
    }
}

float FontSet::width(std::string_view text, Face face, float size) const {
    const float scale = drawn_size(size);
    float width = 0;
    walk(visible_part(text, max_width), face, [&](char32_t, float, float end) {
        width = end * scale;
        return width < max_width;
    });
    return width;
}

float FontSet::cap_height(Face face, float size) const {
    return font(face).cap_height * drawn_size(size);
}

FontSet::Line FontSet::place(std::string_view text, Face face, float size, float width) const {
    const float scale = drawn_size(size);
    const std::string_view part = visible_part(text, width);
    Line line;
    line.whole = part.size() == text.size();
    walk(part, face, [&](char32_t character, float pen, float end) {
        line.whole = line.whole && end * scale <= width;
        if (end * scale > width) return false;
        line.characters.push_back({character, pen * scale});
        line.width = end * scale;
        return true;
    });
    return line;
}

Ink FontSet::ink(char32_t character, Face face, float size, float shift) const {
    const auto [font, glyph] = find(character, face);
    const float scale = font->em * drawn_size(size);
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    stbtt_GetGlyphBitmapBoxSubpixel(&font->info, glyph, scale, scale, shift, 0, &left, &top, &right, &bottom);
    return {left, top, right - left, bottom - top};
}

void FontSet::rasterize(char32_t character, Face face, float size, float shift, const Ink& ink,
                        std::span<std::uint8_t> pixels, std::size_t stride) const {
    if (ink.width == 0 || ink.height == 0) return;
    assert(pixels.size() >=
           stride * static_cast<std::size_t>(ink.height - 1) + static_cast<std::size_t>(ink.width));
    const auto [font, glyph] = find(character, face);
    const float scale = font->em * drawn_size(size);
    stbtt_MakeGlyphBitmapSubpixel(&font->info, pixels.data(), ink.width, ink.height, static_cast<int>(stride),
                                  scale, scale, shift, 0, glyph);
}

}  // namespace loopscope::render
