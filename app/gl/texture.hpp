// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <utility>

#include "app/gl/handle.hpp"
#include "app/gl/region.hpp"
#include "core/base/result.hpp"

namespace loopscope::gl {

void delete_texture(unsigned name);

/// The channels of a texture, one byte each.
enum class TextureFormat { r8, rg8, rgba8 };

/// How a shader reads between two texels.
enum class TextureFilter { nearest, linear };

/// A two-dimensional texture without mipmaps. Reads outside of it return the texel at its edge.
class Texture {
  public:
    /// Makes a texture with undefined content, and leaves it bound. Fails if the graphics driver cannot make
    /// one of this size.
    static Result<Texture> create(Size size, TextureFormat format,
                                  TextureFilter filter = TextureFilter::linear);

    /// Replaces the pixels of a region, given row by row without padding; row 0 of the texture comes first.
    /// Leaves the texture bound.
    void upload(const Region& region, std::span<const std::uint8_t> pixels);

    /// Makes the texture the one that the sampler of texture unit `unit` reads.
    void bind(unsigned unit) const;

    Size size() const { return size_; }
    TextureFormat format() const { return format_; }
    unsigned name() const { return handle_.name(); }

  private:
    Texture(Handle<delete_texture> handle, Size size, TextureFormat format)
        : handle_(std::move(handle)), size_(size), format_(format) {}

    Handle<delete_texture> handle_;
    Size size_;
    TextureFormat format_;
};

}  // namespace loopscope::gl
