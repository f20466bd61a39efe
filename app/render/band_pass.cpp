// SPDX-License-Identifier: MIT
#include "app/render/band_pass.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "app/timeline/band_pixels.hpp"

namespace loopscope::render {
namespace {

using timeline::Band;
using timeline::Texel;

/// The width of the texture, in texels. A pixel takes two texels side by side, and pixels follow one another
/// row by row.
constexpr int texture_width = 1024;
constexpr std::size_t pixels_of_row = texture_width / 2;
constexpr int min_rows = 64;
static_assert(sizeof(Texel) == 8);

Result<gl::Texture> make_texture(int rows) {
    return gl::Texture::create({texture_width, rows}, gl::TextureFormat::rgba8, gl::TextureFilter::nearest);
}

}  // namespace

Result<BandPass> BandPass::create(gl::ShaderLibrary& shaders) {
    LOOPSCOPE_TRY(shader, shaders.find("band_pass"));
    LOOPSCOPE_TRY(texture, make_texture(min_rows));
    return BandPass(*shader, std::move(texture));
}

BandPass::BandPass(gl::Shader& shader, gl::Texture texture)
    : shader_(&shader),
      texture_(std::move(texture)),
      instances_(std::array{Field{offsetof(Instance, rect), 4},
                            Field{offsetof(Instance, first), 2, gl::Component::int32},
                            Field{offsetof(Instance, stroke), 4},  // and fades_from, clip_left, clip_right
                            Field{offsetof(Instance, leak), 4, gl::Component::uint8_unit}},
                 sizeof(Instance)) {}

void BandPass::add(const Band& band, std::span<const Texel> columns, const Viewport& viewport) {
    const auto edge = static_cast<float>(viewport.clip.x - viewport.x);
    const float left = std::max({band.rect.x, band.clip_left, edge});
    const float right =
        std::min({band.rect.right(), band.clip_right, edge + static_cast<float>(viewport.clip.size.width)});
    if (!(left < right) || columns.empty() || !viewport.may_show(band.rect)) return;
    const auto begin = static_cast<std::int32_t>(std::floor(left));
    const auto end = static_cast<std::int32_t>(std::ceil(right));
    bands_.push_back({band.rect, static_cast<std::int32_t>(mixed_.size()), begin, band.stroke,
                      band.fades_from, band.clip_left, band.clip_right, band.leak});
    for (std::int32_t x = begin; x < end; ++x) mixed_.push_back(pixel_of(band, columns, x));
}

void BandPass::upload() {
    const auto rows = static_cast<int>((mixed_.size() + pixels_of_row - 1) / pixels_of_row);
    if (rows > texture_.size().height) {
        // If no larger texture can be made, the bands are not uploaded; no window is that large.
        auto larger = make_texture(std::max(rows, 2 * texture_.size().height));
        if (!larger) return;
        texture_ = std::move(*larger);
    }
    mixed_.resize(static_cast<std::size_t>(rows) * pixels_of_row);
    const auto bytes = std::as_bytes(std::span(mixed_));
    texture_.upload({0, 0, {texture_width, rows}},
                    {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

void BandPass::draw(std::span<const Band> bands, std::span<const Texel> texels, const Viewport& viewport) {
    bands_.clear();
    mixed_.clear();
    for (const Band& band : bands) add(band, texels.subspan(band.first, band.count), viewport);
    if (bands_.empty()) return;
    upload();
    shader_->use();
    shader_->set("columns", 0);
    texture_.bind(0);
    instances_.draw(std::span<const Instance>(bands_), *shader_, viewport);
}

}  // namespace loopscope::render
