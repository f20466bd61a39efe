// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "app/gl/handle.hpp"
#include "app/gl/image.hpp"
#include "app/gl/size.hpp"
#include "app/gl/texture.hpp"
#include "core/base/result.hpp"

namespace loopscope::gl {

void delete_framebuffer(unsigned name);
void delete_renderbuffer(unsigned name);

/// Returns the largest size that the current context can draw into, in pixels: what it supports for textures,
/// renderbuffers and viewports.
Size max_framebuffer();

/// Whether edges are drawn smooth, with four samples per pixel, or the driver's maximum if that is less.
enum class Multisampling { off, four };

/// Binds the framebuffers that were bound before again, at the end of its scope.
class BindingGuard {
  public:
    BindingGuard();
    BindingGuard(const BindingGuard&) = delete;
    BindingGuard& operator=(const BindingGuard&) = delete;
    ~BindingGuard();

  private:
    unsigned draw_;
    unsigned read_;
};

/// A picture in graphics memory that can be drawn into: RGBA, one byte per channel, without depth.
class Framebuffer {
  public:
    /// Makes a framebuffer with undefined content. Fails if the graphics driver cannot make one of this size.
    static Result<Framebuffer> create(Size size, Multisampling multisampling = Multisampling::off);

    /// Makes the framebuffer the target of draws, and sets OpenGL's viewport to all of it.
    void bind() const;

    /// Returns what was drawn so far, resolved to one sample per pixel. Its row 0 is the bottom one, as
    /// everywhere in OpenGL.
    const Texture& texture() const;

    /// Returns the pixels that were drawn so far, top row first.
    Image read_pixels() const;

    /// Copies what was drawn so far to the top left of the bound framebuffer, whose size is `bound`.
    /// REQUIRES: `bound` is at least as large as this framebuffer.
    void copy_to_bound(Size bound) const;

    Size size() const { return texture_.size(); }

  private:
    explicit Framebuffer(Texture texture) : texture_(std::move(texture)) {}

    Result<void> attach_texture();
    Result<void> attach_samples();
    void resolve() const;
    /// Copies a framebuffer to the bound one, `above_bottom` pixels above its lower edge.
    void copy_from(unsigned name, int above_bottom) const;

    Texture texture_;
    Handle<delete_framebuffer> resolved_;      ///< draws into texture_
    Handle<delete_renderbuffer> samples_;      ///< 0 without multisampling, like multisampled_
    Handle<delete_framebuffer> multisampled_;  ///< draws into samples_
};

}  // namespace loopscope::gl
