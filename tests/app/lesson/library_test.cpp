#include "app/lesson/library.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/base/temporary_folder.hpp"

namespace loopscope::lesson {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class OpenLessonTest : public testing::Test {
  protected:
    /// As an editor saves it, at a time of its own.
    void write(const std::string& text) {
        std::ofstream(path) << text;
        fs::last_write_time(path, fs::file_time_type::clock::now() + std::chrono::seconds(++saved));
    }
    static std::string text(std::string_view more) {
        return "---\ntitle: T\nsummary: s\nprogram: indication\n---\n## One\n- at: print 1\n- ask: next "
               "print\n\n" +
               std::string(more);
    }

    TemporaryFolder folder;
    fs::path path = folder.path() / "own.md";
    int saved = 0;
};

TEST_F(OpenLessonTest, is_read_again_when_its_file_was_edited) {
    write(text("Before.\n"));
    auto lesson = OpenLesson::open(path.string());
    ASSERT_TRUE(lesson) << lesson.error().message;
    session::Session session(*lesson->player().stop().run);
    lesson->player().begin(session);
    EXPECT_FALSE(*lesson->poll(session));
    write(text("After.\n"));
    EXPECT_TRUE(*lesson->poll(session));
    EXPECT_EQ(lesson->player().stop().text, "After.");
    EXPECT_FALSE(*lesson->poll(session));
}

TEST_F(OpenLessonTest, goes_on_as_it_was_while_its_file_makes_no_sense) {
    write(text("Before.\n"));
    auto lesson = OpenLesson::open(path.string());
    session::Session session(*lesson->player().stop().run);
    lesson->player().begin(session);
    write("nothing\n");
    const auto edited = lesson->poll(session);
    ASSERT_FALSE(edited);
    EXPECT_THAT(edited.error().message, HasSubstr("own.md:1: "));
    EXPECT_EQ(lesson->player().stop().text, "Before.");
    EXPECT_TRUE(lesson->poll(session)) << "said once";
    fs::remove(path);
    EXPECT_FALSE(*lesson->poll(session)) << "an editor may be about to put it back";
    write(text("After.\n"));
    EXPECT_TRUE(*lesson->poll(session));
}

TEST_F(OpenLessonTest, says_which_lessons_there_are_if_there_is_none_of_the_name) {
    const auto none = OpenLesson::open((folder.path() / "none.md").string());
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().message,
                HasSubstr("global, thread-local, argument, context, contextvars, traps"));
    const auto a_folder = OpenLesson::open(folder.path().string());
    ASSERT_FALSE(a_folder);
    EXPECT_THAT(a_folder.error().message, HasSubstr("is a folder"));
}

}  // namespace
}  // namespace loopscope::lesson
