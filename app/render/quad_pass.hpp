// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "app/gl/shader_library.hpp"
#include "app/render/instances.hpp"
#include "app/render/viewport.hpp"
#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::render {

/// Draws quads by the signed distance to their outline. Curves are smooth over one pixel, and edges on the
/// border between two pixels are exact. A quad that is thinner than a pixel is drawn as opaque as the share
/// of the pixel that it covers.
class QuadPass {
  public:
    /// Makes a pass. Fails if the shaders do not compile.
    static Result<QuadPass> create(gl::ShaderLibrary& shaders);

    /// Draws the quads in their order, with one draw call. REQUIRES: blending is set up for premultiplied
    /// colours.
    void draw(std::span<const timeline::Quad> quads, const Viewport& viewport);

    /// Returns how many draw calls were made since the last call of this function.
    int take_draw_calls() { return instances_.take_draw_calls(); }

  private:
    explicit QuadPass(gl::Shader& shader);

    gl::Shader* shader_;
    Instances instances_;
    std::vector<timeline::Quad> shown_;  // a member, to reuse its memory
};

}  // namespace loopscope::render
