// SPDX-License-Identifier: MIT
#include "app/render/segment_pass.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace loopscope::render {
namespace {

using timeline::Segment;
using Vector = std::array<float, 2>;

static_assert(offsetof(Segment, x1) == offsetof(Segment, x0) + 2 * sizeof(float));
static_assert(offsetof(Segment, dash) == offsetof(Segment, width) + sizeof(float));

/// Returns the vector scaled to length 1; zero for a vector without length.
Vector unit(Vector vector) {
    const float length = std::hypot(vector[0], vector[1]);
    return length > 0 ? Vector{vector[0] / length, vector[1] / length} : Vector{};
}

Vector direction(const Segment& segment) {
    return unit({segment.x1 - segment.x0, segment.y1 - segment.y0});
}

bool continues(const Segment& segment, const Segment& before) {
    return segment.x0 == before.x1 && segment.y0 == before.y1 && segment.width == before.width &&
           segment.color == before.color && segment.dash == 0 && before.dash == 0;
}

/// Returns a rectangle that contains all that is drawn of a segment, with joints.
timeline::Rect around(const Segment& segment) {
    const float reach = segment.width + 1;
    return {std::min(segment.x0, segment.x1) - reach, std::min(segment.y0, segment.y1) - reach,
            std::abs(segment.x1 - segment.x0) + 2 * reach, std::abs(segment.y1 - segment.y0) + 2 * reach};
}

}  // namespace

Result<SegmentPass> SegmentPass::create(gl::ShaderLibrary& shaders) {
    return shaders.find("segment_pass").map([](gl::Shader* shader) { return SegmentPass(*shader); });
}

SegmentPass::SegmentPass(gl::Shader& shader)
    : shader_(&shader),
      instances_(
          std::array{
              Field{offsetof(Instance, segment) + offsetof(Segment, x0), 4},
              Field{offsetof(Instance, segment) + offsetof(Segment, width), 2},  // and dash
              Field{offsetof(Instance, segment) + offsetof(Segment, color), 4, gl::Component::uint8_unit},
              Field{offsetof(Instance, cut_at_start), 2},
              Field{offsetof(Instance, cut_at_end), 2},
          },
          sizeof(Instance)) {}

void SegmentPass::draw(std::span<const timeline::Segment> segments, const Viewport& viewport) {
    uploaded_.clear();
    for (const Segment& segment : segments) add(segment);
    std::erase_if(uploaded_, [&](const Instance& each) { return !viewport.may_show(around(each.segment)); });
    instances_.draw(std::span<const Instance>(uploaded_), *shader_, viewport);
}

void SegmentPass::add(const Segment& segment) {
    Instance instance{segment};
    if (!uploaded_.empty() && continues(segment, uploaded_.back().segment)) {
        const Vector in = direction(uploaded_.back().segment);
        const Vector out = direction(segment);
        // A segment without length has no direction; then neither is cut, and the joint is drawn twice.
        if (in != Vector{} && out != Vector{}) {
            instance.cut_at_start = unit({in[0] + out[0], in[1] + out[1]});
            uploaded_.back().cut_at_end = instance.cut_at_start;
        }
    }
    uploaded_.push_back(instance);
}

}  // namespace loopscope::render
