// SPDX-License-Identifier: MIT
#include "app/gl/texture.hpp"

#include <cassert>
#include <cstddef>

#include <fmt/format.h>

#include "app/gl/functions.hpp"
#include "app/gl/opengl.hpp"

namespace loopscope::gl {
namespace {

struct Layout {
    GLint internal_format;
    GLenum format;
    std::size_t bytes_per_pixel;
};

Layout layout_of(TextureFormat format) {
    switch (format) {
        case TextureFormat::r8: return {GL_R8, GL_RED, 1};
        case TextureFormat::rg8: return {GL_RG8, GL_RG, 2};
        case TextureFormat::rgba8: break;
    }
    return {GL_RGBA8, GL_RGBA, 4};
}

[[maybe_unused]] std::size_t byte_count(Size size, const Layout& layout) {
    return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) *
           layout.bytes_per_pixel;
}

Result<void> check_size(Size size) {
    GLint limit = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &limit);
    if (size.width < 1 || size.height < 1) {
        return fail(fmt::format("a picture of {} x {} pixels is empty; choose a larger size", size.width,
                                size.height),
                    Error::Code::invalid_argument);
    }
    if (size.width > limit || size.height > limit) {
        return fail(
            fmt::format("a picture of {} x {} pixels is too large for the graphics driver, which draws at "
                        "most {} x {}; choose a "
                        "smaller size",
                        size.width, size.height, limit, limit),
            Error::Code::too_large);
    }
    return {};
}

void set_sampling(TextureFilter filter) {
    const GLint mode = filter == TextureFilter::linear ? GL_LINEAR : GL_NEAREST;
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, mode);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, mode);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

}  // namespace

void delete_texture(unsigned name) {
    glDeleteTextures(1, &name);
}

Result<Texture> Texture::create(Size size, TextureFormat format, TextureFilter filter) {
    LOOPSCOPE_CHECK(check_size(size));
    unsigned name = 0;
    glGenTextures(1, &name);
    Texture texture(Handle<delete_texture>(name), size, format);
    glBindTexture(GL_TEXTURE_2D, name);
    set_sampling(filter);
    const auto layout = layout_of(format);
    glTexImage2D(GL_TEXTURE_2D, 0, layout.internal_format, size.width, size.height, 0, layout.format,
                 GL_UNSIGNED_BYTE, nullptr);
    if (ran_out_of_memory()) {
        return fail(fmt::format("the graphics driver has no memory left for a picture of {} x {} pixels; "
                                "choose a smaller size",
                                size.width, size.height),
                    Error::Code::out_of_memory);
    }
    return texture;
}

void Texture::upload(const Region& region, std::span<const std::uint8_t> pixels) {
    const auto layout = layout_of(format_);
    assert(region.x >= 0 && region.x + region.size.width <= size_.width);
    assert(region.y >= 0 && region.y + region.size.height <= size_.height);
    assert(pixels.size() == byte_count(region.size, layout));
    glBindTexture(GL_TEXTURE_2D, name());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);  // rows of one or two channels need not be multiples of four bytes
    glTexSubImage2D(GL_TEXTURE_2D, 0, region.x, region.y, region.size.width, region.size.height,
                    layout.format, GL_UNSIGNED_BYTE, pixels.data());
}

void Texture::bind(unsigned unit) const {
    glActiveTexture(GL_TEXTURE0 + unit);
    glBindTexture(GL_TEXTURE_2D, name());
}

}  // namespace loopscope::gl
