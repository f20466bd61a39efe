// SPDX-License-Identifier: MIT
#include "app/render/quad_pass.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace loopscope::render {
namespace {

using timeline::Quad;

// The layout of a quad, which is uploaded as it is.
constexpr std::array quad_fields{
    Field{offsetof(Quad, rect), 4},
    Field{offsetof(Quad, radius), 3},  // and border and notch
    Field{offsetof(Quad, fill), 4, gl::Component::uint8_unit},
    Field{offsetof(Quad, edge), 4, gl::Component::uint8_unit},
};
static_assert(offsetof(Quad, border) == offsetof(Quad, radius) + sizeof(float));
static_assert(offsetof(Quad, notch) == offsetof(Quad, border) + sizeof(float));

}  // namespace

Result<QuadPass> QuadPass::create(gl::ShaderLibrary& shaders) {
    return shaders.find("quad_pass").map([](gl::Shader* shader) { return QuadPass(*shader); });
}

QuadPass::QuadPass(gl::Shader& shader) : shader_(&shader), instances_(quad_fields, sizeof(Quad)) {}

void QuadPass::draw(std::span<const timeline::Quad> quads, const Viewport& viewport) {
    shown_.clear();
    std::ranges::copy_if(quads, std::back_inserter(shown_),
                         [&](const Quad& quad) { return viewport.may_show(quad.rect); });
    instances_.draw(std::span<const Quad>(shown_), *shader_, viewport);
}

}  // namespace loopscope::render
