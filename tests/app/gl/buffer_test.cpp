#include "app/gl/buffer.hpp"

#include <array>
#include <utility>
#include <vector>

#include <glad/gl.h>

#include "tests/app/gl/with_context.hpp"

namespace loopscope::gl {
namespace {

using BufferTest = WithContext;

TEST_F(BufferTest, holds_what_was_uploaded_last) {
    Buffer buffer;
    buffer.upload(std::array{1.0F, 2.0F, 3.0F});
    buffer.upload(std::vector{7, 8});
    EXPECT_EQ(buffer.size(), 2 * sizeof(int));
    std::array<int, 2> content{};
    glBindBuffer(GL_COPY_READ_BUFFER, buffer.name());
    glGetBufferSubData(GL_COPY_READ_BUFFER, 0, sizeof content, content.data());
    EXPECT_EQ(content, (std::array{7, 8}));
}

TEST_F(BufferTest, can_be_empty) {
    Buffer buffer;
    buffer.upload(std::vector{1, 2});
    buffer.upload(std::vector<int>{});
    EXPECT_EQ(buffer.size(), 0U);
}

TEST_F(BufferTest, is_deleted_once_however_often_it_is_moved) {
    unsigned name = 0;
    {
        Buffer first;
        first.upload(std::array{1});
        name = first.name();
        Buffer second = std::move(first);
        first = std::move(second);
        EXPECT_EQ(first.name(), name);
        EXPECT_TRUE(glIsBuffer(name));
    }
    EXPECT_FALSE(glIsBuffer(name));
}

}  // namespace
}  // namespace loopscope::gl
