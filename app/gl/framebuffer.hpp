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

/// Returns the largest size that the current context can draw into, in pixels: what it allows for textures,
/// renderbuffers and viewports.
Size largest_framebuffer();

/// Whether edges are drawn smooth, by four samples a pixel (or as many as the driver has, if fewer).
enum class Multisampling { off, four };

/// Puts the framebuffers that were bound back when it ends.
class KeptBinding {
  public:
    KeptBinding();
    KeptBinding(const KeptBinding&) = delete;
    KeptBinding& operator=(const KeptBinding&) = delete;
    ~KeptBinding();

  private:
    unsigned draw_;
    unsigned read_;
};

/// A picture in graphics memory that can be drawn into: RGBA, one byte a channel, without depth.
class Framebuffer {
  public:
    /// Fails if the graphics driver cannot make one so large. Its content is undefined until it is cleared.
    static Result<Framebuffer> create(Size size, Multisampling multisampling = Multisampling::off);

    /// Makes it what is drawn into, all of it.
    void bind() const;

    /// What was drawn so far, resolved to one sample a pixel. Its row 0 is the bottom one, as everywhere in
    /// OpenGL.
    const Texture& texture() const;

    /// What was drawn so far, top row first.
    Image read_pixels() const;

    /// Replaces what is at the top left of the bound framebuffer, whose size is `bound`, by what was drawn so
    /// far. REQUIRES: `bound` is as large, or larger.
    void copy_to_bound(Size bound) const;

    Size size() const { return texture_.size(); }

  private:
    explicit Framebuffer(Texture texture) : texture_(std::move(texture)) {}

    Result<void> attach_texture();
    Result<void> attach_samples();
    void resolve() const;
    /// Copies a framebuffer to the bound one, so many pixels above its bottom.
    void copy_from(unsigned name, int above_bottom) const;

    Texture texture_;
    Handle<delete_framebuffer> resolved_;      ///< Draws into texture_.
    Handle<delete_renderbuffer> samples_;      ///< Owns nothing without multisampling, nor does:
    Handle<delete_framebuffer> multisampled_;  ///< Draws into samples_.
};

}  // namespace loopscope::gl
