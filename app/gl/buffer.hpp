// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

#include "app/gl/handle.hpp"

namespace loopscope::gl {

void delete_buffer(unsigned name);

/// Bytes in graphics memory: vertices, instances or indices that a VertexArray reads.
class Buffer {
  public:
    /// Makes an empty buffer.
    Buffer();

    /// Replaces the content. Draws that still read the old content keep it, so a buffer can be filled again
    /// in each frame.
    void upload(std::span<const std::byte> bytes);

    /// Replaces the content with the elements of a contiguous range, in the layout that they have in memory.
    template <class T>
    void upload(const T& elements) requires(!std::is_convertible_v<const T&, std::span<const std::byte>>) {
        const std::span view(elements);
        static_assert(std::is_trivially_copyable_v<typename decltype(view)::value_type>);
        upload(std::as_bytes(view));
    }

    /// Returns the number of bytes of the content.
    std::size_t size() const { return size_; }
    unsigned name() const { return handle_.name(); }

  private:
    Handle<delete_buffer> handle_;
    std::size_t size_ = 0;
};

}  // namespace loopscope::gl
