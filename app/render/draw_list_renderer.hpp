// SPDX-License-Identifier: MIT
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

/// Draws a timeline::DrawList with a few draw calls for each layer, however much the layers contain. Used
/// from the thread of the OpenGL context only.
class DrawListRenderer {
  public:
    /// Makes a renderer. Fails if the shaders do not compile or the fonts cannot be loaded. REQUIRES:
    /// `shaders` outlives the renderer.
    static Result<DrawListRenderer> create(gl::ShaderLibrary& shaders);

    /// Draws into the bound framebuffer, over what is there, and blends in sRGB. Keeps blending, scissor and
    /// OpenGL's viewport as they were; changes the shader, vertex array and texture in use.
    void draw(const timeline::DrawList& list, const Viewport& viewport);

    /// Returns the metrics of the text that the renderer draws. The reference stays valid when the renderer
    /// moves.
    const timeline::TextMetrics& metrics() const { return glyphs_.fonts(); }

    /// Returns the number of draw calls of the last draw().
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
