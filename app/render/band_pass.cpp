#include "app/render/band_pass.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace loopscope::render {
namespace {

using timeline::Band;
using timeline::Texel;

/// A pixel is two texels of the texture, side by side, and pixels follow one another row by row.
constexpr int texture_width = 1024;
constexpr std::size_t pixels_of_row = texture_width / 2;
constexpr int least_rows = 64;
static_assert(sizeof(Texel) == 8);

/// A sum of colours, each with its weight as alpha; from 0 to 255.
struct Sum {
    float red = 0;
    float green = 0;
    float blue = 0;
    float alpha = 0;

    void add(timeline::Color color, float weight) {
        red += weight * static_cast<float>(color.red);
        green += weight * static_cast<float>(color.green);
        blue += weight * static_cast<float>(color.blue);
        alpha += weight * 255;
    }
    /// `scale` times the colours, and an alpha of its own.
    [[nodiscard]] timeline::Color color(float scale, std::uint8_t its_alpha) const {
        const auto byte = [](float value) {
            return static_cast<std::uint8_t>(std::min(value, 255.0F) + 0.5F);
        };
        return {byte(red * scale), byte(green * scale), byte(blue * scale), its_alpha};
    }
};

/// What columns come to that are seen from `from` to `to`, counted in columns.
Texel mix(std::span<const Texel> columns, float from, float to) {
    Sum steps;
    Sum prints;
    std::uint8_t leak = 0;
    const auto end = std::min(static_cast<std::size_t>(std::max(to, 0.0F)) + 1, columns.size());
    for (auto at = static_cast<std::size_t>(std::max(from, 0.0F)); at < end; ++at) {
        const auto left = static_cast<float>(at);
        const float share = (std::min(to, left + 1) - std::max(from, left)) / (to - from);
        const Texel& column = columns[at];
        if (share <= 0 || (column.fill.alpha | column.mark.alpha) == 0) continue;
        steps.add(column.fill, share * static_cast<float>(column.fill.alpha) / 255);
        prints.add(column.mark, share * static_cast<float>(column.mark.alpha & ~Texel::leak) / 127);
        leak |= column.mark.alpha & Texel::leak;
    }
    const auto coverage = static_cast<std::uint8_t>(std::min(steps.alpha, 255.0F) + 0.5F);
    const float dense = std::min(prints.alpha / 255 * 127, 127.0F);
    // However few prints there are, some are.
    const auto density = static_cast<std::uint8_t>(dense > 0 ? std::max(dense + 0.5F, 1.0F) : 0.0F);
    return {steps.color(1, coverage),
            prints.color(dense > 0 ? 255 / prints.alpha : 0, static_cast<std::uint8_t>(density | leak))};
}

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
    if (!(left < right) || columns.empty()) return;
    const auto begin = static_cast<std::int32_t>(std::floor(left));
    const auto end = static_cast<std::int32_t>(std::ceil(right));
    bands_.push_back({band.rect, static_cast<std::int32_t>(mixed_.size()), begin, band.stroke,
                      band.fades_from, band.clip_left, band.clip_right, band.leak});
    const float columns_of_pixel = static_cast<float>(columns.size()) / band.rect.width;
    for (std::int32_t x = begin; x < end; ++x) {
        const float from = (static_cast<float>(x) - band.rect.x) * columns_of_pixel;
        mixed_.push_back(mix(columns, from, from + columns_of_pixel));
    }
}

void BandPass::upload() {
    const auto rows = static_cast<int>((mixed_.size() + pixels_of_row - 1) / pixels_of_row);
    if (rows > texture_.size().height) {
        // What does not fit is not drawn: no window is so large.
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
