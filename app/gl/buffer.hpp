#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

#include "app/gl/handle.hpp"

namespace loopscope::gl {

void delete_buffer(unsigned name);

/// Bytes in graphics memory: vertices, instances or indices, as a VertexArray uses them.
class Buffer {
  public:
    /// An empty buffer.
    Buffer();

    /// Replaces the content. Draws that still read the old content keep it, so that a buffer can be filled
    /// anew every frame.
    void upload(std::span<const std::byte> bytes);

    /// Replaces the content with the elements of a contiguous range, laid out as in memory.
    template <class T>
    void upload(const T& elements) requires(!std::is_convertible_v<const T&, std::span<const std::byte>>) {
        const std::span view(elements);
        static_assert(std::is_trivially_copyable_v<typename decltype(view)::value_type>);
        upload(std::as_bytes(view));
    }

    /// The number of bytes of the content.
    std::size_t size() const { return size_; }
    unsigned name() const { return handle_.name(); }

  private:
    Handle<delete_buffer> handle_;
    std::size_t size_ = 0;
};

}  // namespace loopscope::gl
