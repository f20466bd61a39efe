// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <vector>

#include "app/gl/shader_library.hpp"
#include "app/render/font_atlas.hpp"
#include "app/render/instances.hpp"
#include "app/render/viewport.hpp"
#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::render {

/// Draws glyphs from a font atlas, pixel for pixel.
class GlyphPass {
  public:
    /// Makes a pass. Fails if the shaders do not compile or the atlas cannot be made.
    static Result<GlyphPass> create(gl::ShaderLibrary& shaders);

    /// Draws the glyphs in their order, with one draw call unless they do not fit into the atlas together.
    /// REQUIRES: blending is set up for premultiplied colours. Binds texture unit 0.
    void draw(std::span<const timeline::Glyph> glyphs, const Viewport& viewport);

    const FontSet& fonts() const { return atlas_.fonts(); }
    /// Returns how many draw calls were made since the last call of this function.
    int take_draw_calls() { return instances_.take_draw_calls(); }

  private:
    /// A glyph in the layout that the vertex shader reads, in pixels.
    struct Instance {
        timeline::Rect box;            ///< in pixels
        std::array<float, 2> texel{};  ///< top left in the atlas
        timeline::Color color;
    };

    GlyphPass(gl::Shader& shader, FontAtlas atlas);

    void flush(const Viewport& viewport);

    gl::Shader* shader_;
    FontAtlas atlas_;
    Instances instances_;
    std::vector<Instance> waiting_;  ///< to be drawn with the present content of the atlas
};

}  // namespace loopscope::render
