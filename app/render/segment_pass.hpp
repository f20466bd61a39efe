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

/// Draws segments, smooth over one pixel. A segment that begins where the one before it in the list ended,
/// and looks like it, continues it: no pixel at their joint is drawn twice, so a curve of segments is even,
/// also if it is half transparent.
class SegmentPass {
  public:
    /// Fails if the shaders do not compile.
    static Result<SegmentPass> create(gl::ShaderLibrary& shaders);

    /// In their order, with one draw call. Blending is the caller's: the shader's colours are premultiplied.
    void draw(std::span<const timeline::Segment> segments, const Viewport& viewport);

    int take_draw_calls() { return instances_.take_draw_calls(); }

  private:
    /// What the vertex shader reads. A cut is the normal of the line that parts a segment from its neighbour;
    /// zero if it has none.
    struct Instance {
        timeline::Segment segment;
        std::array<float, 2> cut_at_start{};
        std::array<float, 2> cut_at_end{};
    };

    explicit SegmentPass(gl::Shader& shader);

    void add(const timeline::Segment& segment);

    gl::Shader* shader_;
    Instances instances_;
    std::vector<Instance> uploaded_;  ///< Kept for its memory.
};

}  // namespace loopscope::render
