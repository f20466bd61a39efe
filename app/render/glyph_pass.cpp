// SPDX-License-Identifier: MIT
#include "app/render/glyph_pass.hpp"

#include <cstddef>
#include <utility>

namespace loopscope::render {

Result<GlyphPass> GlyphPass::create(gl::ShaderLibrary& shaders) {
    LOOPSCOPE_TRY(shader, shaders.find("glyph_pass"));
    return FontAtlas::create().map([&](FontAtlas&& atlas) { return GlyphPass(*shader, std::move(atlas)); });
}

GlyphPass::GlyphPass(gl::Shader& shader, FontAtlas atlas)
    : shader_(&shader),
      atlas_(std::move(atlas)),
      instances_(
          std::array{
              Field{offsetof(Instance, box), 4},
              Field{offsetof(Instance, texel), 2},
              Field{offsetof(Instance, color), 4, gl::Component::uint8_unit},
          },
          sizeof(Instance)) {}

void GlyphPass::draw(std::span<const timeline::Glyph> glyphs, const Viewport& viewport) {
    for (const timeline::Glyph& glyph : glyphs) {
        auto sprite = atlas_.find(glyph);
        if (!sprite) {
            flush(viewport);
            atlas_.clear();
            sprite = atlas_.find(glyph);
        }
        if (!sprite || sprite->width == 0) continue;
        const auto [x, y, column, row, width, height] = *sprite;
        const timeline::Rect box{static_cast<float>(x), static_cast<float>(y), static_cast<float>(width),
                                 static_cast<float>(height)};
        if (!viewport.may_show(box)) continue;
        waiting_.push_back({box, {static_cast<float>(column), static_cast<float>(row)}, glyph.color});
    }
    flush(viewport);
}

void GlyphPass::flush(const Viewport& viewport) {
    if (waiting_.empty()) return;
    atlas_.texture().bind(0);
    shader_->use();
    shader_->set("atlas", 0);
    instances_.draw(std::span<const Instance>(waiting_), *shader_, viewport);
    waiting_.clear();
}

}  // namespace loopscope::render
