// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <vector>

#include "app/gl/shader_library.hpp"
#include "app/render/instances.hpp"
#include "app/render/viewport.hpp"
#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::render {

/// Draws segments, smooth over one pixel. A segment that begins at the end of the one before it in the list
/// and has the same look continues that one: no pixel at their joint is drawn twice, so a curve of segments
/// looks even when it is half transparent.
class SegmentPass {
  public:
    /// Makes a pass. Fails if the shaders do not compile.
    static Result<SegmentPass> create(gl::ShaderLibrary& shaders);

    /// Draws the segments in their order, with one draw call. REQUIRES: blending is set up for premultiplied
    /// colours.
    void draw(std::span<const timeline::Segment> segments, const Viewport& viewport);

    /// Returns how many draw calls were made since the last call of this function.
    int take_draw_calls() { return instances_.take_draw_calls(); }

  private:
    /// A segment in the layout that the vertex shader reads. A cut is the normal of the line that separates
    /// the segment from its neighbour; zero if there is none.
    struct Instance {
        timeline::Segment segment;
        std::array<float, 2> cut_at_start{};
        std::array<float, 2> cut_at_end{};
    };

    explicit SegmentPass(gl::Shader& shader);

    void add(const timeline::Segment& segment);

    gl::Shader* shader_;
    Instances instances_;
    std::vector<Instance> uploaded_;  ///< a member, to reuse its memory
};

}  // namespace loopscope::render
