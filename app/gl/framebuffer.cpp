// SPDX-License-Identifier: MIT
#include "app/gl/framebuffer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

#include "app/gl/functions.hpp"
#include "app/gl/opengl.hpp"

namespace loopscope::gl {
namespace {

unsigned new_framebuffer() {
    unsigned name = 0;
    glGenFramebuffers(1, &name);
    return name;
}

unsigned new_renderbuffer() {
    unsigned name = 0;
    glGenRenderbuffers(1, &name);
    return name;
}

int integer(GLenum what) {
    GLint value = 0;
    glGetIntegerv(what, &value);
    return value;
}

/// Returns an error if the bound framebuffer cannot be drawn into.
Result<void> check_complete(Size size) {
    const bool no_memory = ran_out_of_memory();
    if (!no_memory && glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) return {};
    return fail(
        fmt::format("the graphics driver cannot draw a picture of {} x {} pixels{}; choose a smaller size",
                    size.width, size.height, no_memory ? " because it has no memory left" : ""),
        no_memory ? Error::Code::out_of_memory : Error::Code::unsupported);
}

/// Reverses the order of the rows, because OpenGL's first row is the bottom one.
void flip_rows(Image& image) {
    const auto stride = static_cast<std::ptrdiff_t>(image.width) * 4;
    auto top = image.rgba.begin();
    auto bottom = image.rgba.end();
    for (int row = 0; row < image.height / 2; ++row) {
        bottom -= stride;
        std::swap_ranges(top, top + stride, bottom);
        top += stride;
    }
}

}  // namespace

void delete_framebuffer(unsigned name) {
    glDeleteFramebuffers(1, &name);
}
void delete_renderbuffer(unsigned name) {
    glDeleteRenderbuffers(1, &name);
}

BindingGuard::BindingGuard()
    : draw_(static_cast<unsigned>(integer(GL_DRAW_FRAMEBUFFER_BINDING))),
      read_(static_cast<unsigned>(integer(GL_READ_FRAMEBUFFER_BINDING))) {}

BindingGuard::~BindingGuard() {
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, draw_);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, read_);
}

Size max_framebuffer() {
    std::array<GLint, 2> viewport{};
    glGetIntegerv(GL_MAX_VIEWPORT_DIMS, viewport.data());
    const int side = std::min(integer(GL_MAX_TEXTURE_SIZE), integer(GL_MAX_RENDERBUFFER_SIZE));
    return {std::min(side, viewport[0]), std::min(side, viewport[1])};
}

Result<Framebuffer> Framebuffer::create(Size size, Multisampling multisampling) {
    const Size maximum = max_framebuffer();
    if (size.width > maximum.width || size.height > maximum.height) {
        return fail(
            fmt::format("a picture of {} x {} pixels is too large for the graphics driver, which draws at "
                        "most {} x {}; choose a smaller size",
                        size.width, size.height, maximum.width, maximum.height),
            Error::Code::too_large);
    }
    LOOPSCOPE_TRY(texture, Texture::create(size, TextureFormat::rgba8));
    const BindingGuard kept;
    Framebuffer framebuffer(std::move(texture));
    auto attached = framebuffer.attach_texture();
    if (attached && multisampling == Multisampling::four) attached = framebuffer.attach_samples();
    LOOPSCOPE_CHECK(attached);
    return framebuffer;
}

Result<void> Framebuffer::attach_texture() {
    resolved_ = Handle<delete_framebuffer>(new_framebuffer());
    glBindFramebuffer(GL_FRAMEBUFFER, resolved_.name());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.name(), 0);
    return check_complete(size());
}

Result<void> Framebuffer::attach_samples() {
    samples_ = Handle<delete_renderbuffer>(new_renderbuffer());
    glBindRenderbuffer(GL_RENDERBUFFER, samples_.name());
    glRenderbufferStorageMultisample(GL_RENDERBUFFER, std::min(4, integer(GL_MAX_SAMPLES)), GL_RGBA8,
                                     size().width, size().height);
    multisampled_ = Handle<delete_framebuffer>(new_framebuffer());
    glBindFramebuffer(GL_FRAMEBUFFER, multisampled_.name());
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, samples_.name());
    return check_complete(size());
}

void Framebuffer::bind() const {
    glBindFramebuffer(GL_FRAMEBUFFER, multisampled_.name() != 0 ? multisampled_.name() : resolved_.name());
    glViewport(0, 0, size().width, size().height);
}

const Texture& Framebuffer::texture() const {
    resolve();
    return texture_;
}

void Framebuffer::resolve() const {
    if (multisampled_.name() == 0) return;
    const BindingGuard kept;
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, resolved_.name());
    copy_from(multisampled_.name(), 0);
}

void Framebuffer::copy_to_bound(Size bound) const {
    const BindingGuard kept;
    resolve();
    copy_from(resolved_.name(), bound.height - size().height);
}

void Framebuffer::copy_from(unsigned name, int above_bottom) const {
    glBindFramebuffer(GL_READ_FRAMEBUFFER, name);
    const bool scissored = glIsEnabled(GL_SCISSOR_TEST) == GL_TRUE;  // the scissor would clip the copy
    glDisable(GL_SCISSOR_TEST);
    const auto [width, height] = size();
    glBlitFramebuffer(0, 0, width, height, 0, above_bottom, width, above_bottom + height, GL_COLOR_BUFFER_BIT,
                      GL_NEAREST);
    if (scissored) glEnable(GL_SCISSOR_TEST);
}

Image Framebuffer::read_pixels() const {
    resolve();
    const BindingGuard kept;
    const auto [width, height] = size();
    Image image{width, height, {}};
    image.rgba.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, resolved_.name());
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
    flip_rows(image);
    return image;
}

}  // namespace loopscope::gl
