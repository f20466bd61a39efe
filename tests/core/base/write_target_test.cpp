#include "core/base/write_target.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace loopscope {
namespace {

TEST(WriteAll, waits_while_a_pipe_is_full_that_would_not_block) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    ASSERT_EQ(::fcntl(ends[0], F_SETFL, 0), 0) << "whoever reads waits";
    const std::vector<std::byte> sent(1U << 20, std::byte{'x'});  // far more than a pipe holds
    int written = -1;
    std::jthread writer([&] {
        written = write_all(ends[1], sent);
        ::close(ends[1]);
    });
    std::vector<std::byte> buffer(1U << 16);
    std::size_t received = 0;
    for (ssize_t count = 1; count > 0; received += static_cast<std::size_t>(count))
        count = ::read(ends[0], buffer.data(), buffer.size());
    writer.join();
    ::close(ends[0]);
    EXPECT_EQ(written, 0);
    EXPECT_EQ(received, sent.size());
}

TEST(WriteAll, returns_the_errno_of_what_cannot_be_written_to) {
    const std::byte one{};
    EXPECT_EQ(write_all(-1, {&one, 1}), EBADF);
}

}  // namespace
}  // namespace loopscope
