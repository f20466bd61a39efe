// SPDX-License-Identifier: MIT
#include "app/gl/buffer.hpp"

#include "app/gl/opengl.hpp"

namespace loopscope::gl {
namespace {

unsigned new_buffer() {
    unsigned name = 0;
    glGenBuffers(1, &name);
    return name;
}

}  // namespace

void delete_buffer(unsigned name) {
    glDeleteBuffers(1, &name);
}

Buffer::Buffer() : handle_(new_buffer()) {}

void Buffer::upload(std::span<const std::byte> bytes) {
    // Another target is used, because binding an index buffer to its own would change the current vertex
    // array.
    glBindBuffer(GL_COPY_WRITE_BUFFER, name());
    glBufferData(GL_COPY_WRITE_BUFFER, static_cast<GLsizeiptr>(bytes.size()), bytes.data(), GL_STREAM_DRAW);
    size_ = bytes.size();
}

}  // namespace loopscope::gl
