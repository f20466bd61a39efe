#include "core/base/input.hpp"

#include <fstream>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/core/base/temporary_folder.hpp"

namespace loopscope {
namespace {

using testing::HasSubstr;

class InputTest : public testing::Test {
  protected:
    static std::string rest_of(Input& input) {
        std::string text;
        for (;;) {
            const auto bytes = input.read();
            EXPECT_TRUE(bytes);
            if (!bytes || bytes->empty()) return text;
            text.append(reinterpret_cast<const char*>(bytes->data()), bytes->size());
        }
    }
    [[nodiscard]] std::filesystem::path make_pipe() const {
        std::filesystem::path pipe = folder.path() / "pipe";
        EXPECT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
        return pipe;
    }

    TemporaryFolder folder;
};

TEST_F(InputTest, gives_a_file_s_bytes_and_knows_how_many) {
    const auto path = folder.path() / "file.txt";
    const std::string text(200'000, 'x');
    std::ofstream(path) << text;
    const auto input = Input::open(path).value();
    EXPECT_EQ(input->name(), path.string());
    EXPECT_EQ(input->title(), "file.txt");
    EXPECT_EQ(input->size(), text.size());
    EXPECT_EQ(rest_of(*input), text);
}

TEST_F(InputTest, opens_a_pipe_before_anybody_writes_and_waits_for_what_is_written) {
    const auto pipe = make_pipe();
    const auto input = Input::open(pipe).value();
    EXPECT_EQ(input->size(), 0U) << "not known";
    std::thread writer([&pipe] { std::ofstream(pipe) << "from the other side"; });
    EXPECT_EQ(rest_of(*input), "from the other side");
    writer.join();
}

TEST_F(InputTest, is_stopped_while_a_pipe_says_nothing) {
    const auto pipe = make_pipe();
    for (const bool has_writer : {false, true}) {
        const auto input = Input::open(pipe).value();
        const int writer = has_writer ? ::open(pipe.c_str(), O_WRONLY | O_CLOEXEC) : -1;
        std::thread stopper([&input] { input->stop(); });
        const auto bytes = input->read();
        stopper.join();
        ASSERT_TRUE(bytes);
        EXPECT_TRUE(bytes->empty());
        EXPECT_TRUE(input->stopped());
        if (has_writer) ::close(writer);
    }
}

TEST_F(InputTest, says_why_there_is_nothing_to_read) {
    EXPECT_EQ(Input::open("/nowhere/t.txt").error().message,
              "cannot open '/nowhere/t.txt': there is no such file; check its name and folder");
    EXPECT_THAT(Input::open(folder.path()).error().message, HasSubstr("is a folder; name a file in it"));
}

}  // namespace
}  // namespace loopscope
