#pragma once

#include "app/gl/shader_library.hpp"
#include "app/render/band_pass.hpp"
#include "app/render/glyph_pass.hpp"
#include "app/render/quad_pass.hpp"
#include "app/render/segment_pass.hpp"
#include "app/render/viewport.hpp"
#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::render {

/// Draws the plain data of the timeline: with a few draw calls for each of its layers, however much is in
/// them.
class DrawListRenderer {
  public:
    /// The shaders have to live as long as the renderer. Fails if they do not compile, or the fonts cannot be
    /// made ready.
    static Result<DrawListRenderer> create(gl::ShaderLibrary& shaders);

    /// Draws into the bound framebuffer, over what is there, blending in sRGB. Leaves blending, scissor and
    /// OpenGL's viewport as they were; the shader, vertex array and texture in use change.
    void draw(const timeline::DrawList& list, const Viewport& viewport);

    /// How wide text is that this draws. It stays where it is when the renderer moves.
    const timeline::TextMetrics& metrics() const { return glyphs_.fonts(); }

    /// How often the last draw called OpenGL to draw.
    int draw_calls() const { return draw_calls_; }

  private:
    DrawListRenderer(BandPass bands, QuadPass quads, SegmentPass segments, GlyphPass glyphs);

    BandPass bands_;
    QuadPass quads_;
    SegmentPass segments_;
    GlyphPass glyphs_;
    int draw_calls_ = 0;
};

}  // namespace loopscope::render
