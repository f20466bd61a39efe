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

/// Draws glyphs out of a font atlas, pixel by pixel.
class GlyphPass {
  public:
    /// Fails if the shaders do not compile, or the atlas cannot be made.
    static Result<GlyphPass> create(gl::ShaderLibrary& shaders);

    /// In their order, with one draw call unless they do not fit into the atlas together. Blending is the
    /// caller's: the shader's colours are premultiplied. Binds texture unit 0.
    void draw(std::span<const timeline::Glyph> glyphs, const Viewport& viewport);

    const FontSet& fonts() const { return atlas_.fonts(); }
    int take_draw_calls() { return instances_.take_draw_calls(); }

  private:
    /// What the vertex shader reads, in pixels.
    struct Instance {
        std::array<float, 4> box{};    ///< x, y, width, height
        std::array<float, 2> texel{};  ///< its top left in the atlas
        timeline::Color color;
    };

    GlyphPass(gl::Shader& shader, FontAtlas atlas);

    void flush(const Viewport& viewport);

    gl::Shader* shader_;
    FontAtlas atlas_;
    Instances instances_;
    std::vector<Instance> waiting_;  ///< To be drawn with what the atlas holds.
};

}  // namespace loopscope::render
