#include "app/render/band_pass.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

namespace loopscope::render {
namespace {

using timeline::Band;
using timeline::Texel;

/// A column is two texels of the texture, side by side, and columns follow one another row by row.
constexpr int texture_width = 1024;
constexpr std::size_t columns_of_row = texture_width / 2;
constexpr int least_rows = 64;

constexpr std::array band_fields{
    Field{offsetof(Band, rect), 4},
    Field{offsetof(Band, first), 2, gl::Component::uint32},
    Field{offsetof(Band, stroke), 4},  // and fades_from, clip_left, clip_right
    Field{offsetof(Band, leak), 4, gl::Component::uint8_unit},
};
static_assert(offsetof(Band, count) == offsetof(Band, first) + sizeof(std::uint32_t));
static_assert(offsetof(Band, clip_right) == offsetof(Band, stroke) + 3 * sizeof(float));
static_assert(sizeof(Texel) == 8);

Result<gl::Texture> make_texture(int rows) {
    return gl::Texture::create({texture_width, rows}, gl::TextureFormat::rgba8, gl::TextureFilter::nearest);
}

}  // namespace

Result<BandPass> BandPass::create(gl::ShaderLibrary& shaders) {
    auto shader = shaders.find("band_pass");
    if (!shader) return tl::unexpected(shader.error());
    auto texture = make_texture(least_rows);
    if (!texture) return tl::unexpected(texture.error());
    return BandPass(**shader, std::move(*texture));
}

BandPass::BandPass(gl::Shader& shader, gl::Texture texture)
    : shader_(&shader), texture_(std::move(texture)), instances_(band_fields, sizeof(Band)) {}

void BandPass::upload(std::span<const Texel> texels) {
    if (texels.empty()) return;
    const auto rows = static_cast<int>((texels.size() + columns_of_row - 1) / columns_of_row);
    if (rows > texture_.size().height) {
        // What does not fit is not drawn: no window is so large.
        auto larger = make_texture(std::max(rows, 2 * texture_.size().height));
        if (!larger) return;
        texture_ = std::move(*larger);
    }
    pixels_.resize(static_cast<std::size_t>(rows) * texture_width * 4);
    std::memcpy(pixels_.data(), texels.data(), texels.size_bytes());
    texture_.upload({0, 0, {texture_width, rows}}, pixels_);
}

void BandPass::draw(std::span<const Band> bands, const Viewport& viewport) {
    if (bands.empty()) return;
    shader_->use();
    shader_->set("columns", 0);
    texture_.bind(0);
    instances_.draw(bands, *shader_, viewport);
}

}  // namespace loopscope::render
