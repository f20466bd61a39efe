// SPDX-License-Identifier: MIT
#include "app/render/draw_list_renderer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "app/gl/opengl.hpp"

namespace loopscope::render {
namespace {

unsigned enumerator(GLenum what) {
    GLint value = 0;
    glGetIntegerv(what, &value);
    return static_cast<unsigned>(value);
}

std::array<GLint, 4> box(GLenum what) {
    std::array<GLint, 4> values{};
    glGetIntegerv(what, values.data());
    return values;
}

void enable(GLenum what, bool on) {
    if (on) {
        glEnable(what);
    } else {
        glDisable(what);
    }
}

/// Restores the OpenGL state that draw() changes, at the end of its scope.
class KeptState {
  public:
    KeptState() = default;
    KeptState(const KeptState&) = delete;
    KeptState& operator=(const KeptState&) = delete;
    ~KeptState() {
        enable(GL_BLEND, blends_);
        enable(GL_SCISSOR_TEST, scissors_);
        glBlendEquationSeparate(color_equation_, alpha_equation_);
        glBlendFuncSeparate(color_source_, color_target_, alpha_source_, alpha_target_);
        glScissor(scissor_[0], scissor_[1], scissor_[2], scissor_[3]);
        glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
    }

  private:
    bool blends_ = glIsEnabled(GL_BLEND) == GL_TRUE;
    bool scissors_ = glIsEnabled(GL_SCISSOR_TEST) == GL_TRUE;
    unsigned color_equation_ = enumerator(GL_BLEND_EQUATION_RGB);
    unsigned alpha_equation_ = enumerator(GL_BLEND_EQUATION_ALPHA);
    unsigned color_source_ = enumerator(GL_BLEND_SRC_RGB);
    unsigned color_target_ = enumerator(GL_BLEND_DST_RGB);
    unsigned alpha_source_ = enumerator(GL_BLEND_SRC_ALPHA);
    unsigned alpha_target_ = enumerator(GL_BLEND_DST_ALPHA);
    std::array<GLint, 4> scissor_ = box(GL_SCISSOR_BOX);
    std::array<GLint, 4> viewport_ = box(GL_VIEWPORT);
};

/// Sets blending, scissor and viewport; OpenGL measures boxes from the bottom.
void set_state(const Viewport& viewport) {
    const auto [width, height] = viewport.framebuffer;
    const auto& clip = viewport.clip;
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);  // the shaders' colours are premultiplied
    glViewport(0, 0, width, height);
    glEnable(GL_SCISSOR_TEST);
    glScissor(clip.x, height - clip.y - clip.size.height, std::max(clip.size.width, 0),
              std::max(clip.size.height, 0));
}

}  // namespace

Result<DrawListRenderer> DrawListRenderer::create(gl::ShaderLibrary& shaders) {
    LOOPSCOPE_TRY(bands, BandPass::create(shaders));
    LOOPSCOPE_TRY(quads, QuadPass::create(shaders));
    LOOPSCOPE_TRY(segments, SegmentPass::create(shaders));
    LOOPSCOPE_TRY(glyphs, GlyphPass::create(shaders));
    return DrawListRenderer(std::move(bands), std::move(quads), std::move(segments), std::move(glyphs));
}

DrawListRenderer::DrawListRenderer(BandPass bands, QuadPass quads, SegmentPass segments, GlyphPass glyphs)
    : bands_(std::move(bands)),
      quads_(std::move(quads)),
      segments_(std::move(segments)),
      glyphs_(std::move(glyphs)) {}

void DrawListRenderer::draw(const timeline::DrawList& list, const Viewport& viewport) {
    const KeptState kept;
    set_state(viewport);
    for (const timeline::Layer& layer : list.layers) {
        bands_.draw(layer.bands, list.texels, viewport);
        quads_.draw(layer.quads, viewport);
        segments_.draw(layer.segments, viewport);
        glyphs_.draw(layer.glyphs, viewport);
    }
    draw_calls_ = bands_.take_draw_calls() + quads_.take_draw_calls() + segments_.take_draw_calls() +
                  glyphs_.take_draw_calls();
}

}  // namespace loopscope::render
