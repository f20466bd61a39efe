#pragma once

#include <span>

#include "app/gl/shader_library.hpp"
#include "app/render/instances.hpp"
#include "app/render/viewport.hpp"
#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::render {

/// Draws quads as signed distances to their outline: smooth over one pixel at their curves, and exact where
/// edges fall on the borders between pixels. Of a quad thinner than a pixel as much is seen as it covers.
class QuadPass {
  public:
    /// Fails if the shaders do not compile.
    static Result<QuadPass> create(gl::ShaderLibrary& shaders);

    /// In their order, with one draw call. Blending is the caller's: the shader's colours are premultiplied.
    void draw(std::span<const timeline::Quad> quads, const Viewport& viewport);

    int take_draw_calls() { return instances_.take_draw_calls(); }

  private:
    explicit QuadPass(gl::Shader& shader);

    gl::Shader* shader_;
    Instances instances_;
};

}  // namespace loopscope::render
