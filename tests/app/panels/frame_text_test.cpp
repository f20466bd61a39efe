// What a frame of the window does depends on what can be seen, not on what a file has.

#include <string>

#include <gtest/gtest.h>

#include "app/panels/workspace.hpp"
#include "app/render/font_set.hpp"
#include "tests/support/headless_imgui.hpp"
#include "tests/support/recordings.hpp"

namespace loopscope::panels {
namespace {

constexpr gl::Size window{1280, 720};

class FrameTextTest : public testing::Test {
  protected:
    /// How many vertices all panels take together.
    static int vertices(session::Session session) {
        static const auto fonts = render::FontSet::create();
        static HeadlessFonts with_fonts(0.6875F);
        HeadlessImGui imgui(with_fonts);
        Workspace workspace(std::move(session), **fonts);
        workspace.appearance().set_fonts(imgui.fonts(), imgui.scale());
        int count = 0;
        for (int frame = 0; frame < 3; ++frame)
            count = imgui.frame(window, [&] { workspace.update(window, 0.1); }).TotalVtxCount;
        return count;
    }
    static session::Session with_names(std::size_t length) {
        return session::recording_of(session::two_tasks(std::string(length, 'n'), std::string(length, 's')));
    }
    static session::Session with_names_of_tracks(std::size_t length) {
        session::Session session =
            session::recording_of(session::two_threads(std::string(length, 'n'), std::string(length, 's')));
        session.seek(session.head());
        return session;
    }
    static session::Session with_source(const std::string& line, std::size_t lines) {
        format::Info info;
        info.source_file = "long.cpp";
        for (std::size_t at = 0; at < lines; ++at) info.source += line + '\n';
        return session::recording_of(session::two_tasks("task", "s"), std::move(info));
    }
};

TEST_F(FrameTextTest, a_frame_draws_the_same_however_long_names_and_prints_are) {
    const int expected = vertices(with_names(10'000));
    EXPECT_GT(expected, 0);
    EXPECT_EQ(vertices(with_names(60'000)), expected);
    EXPECT_EQ(vertices(with_names(3'000'000)), expected);
}

TEST_F(FrameTextTest, a_frame_draws_the_same_however_long_names_of_slices_are) {
    const int expected = vertices(with_names_of_tracks(10'000));
    EXPECT_GT(expected, 0);
    EXPECT_EQ(vertices(with_names_of_tracks(60'000)), expected);
    EXPECT_EQ(vertices(with_names_of_tracks(3'000'000)), expected);
}

TEST_F(FrameTextTest, a_frame_draws_the_same_however_long_lines_of_source_are) {
    EXPECT_EQ(vertices(with_source(std::string(3'000'000, 'x'), 2)),
              vertices(with_source(std::string(10'000, 'x'), 2)));
}

TEST_F(FrameTextTest, a_frame_draws_the_same_however_many_lines_of_source_there_are) {
    EXPECT_EQ(vertices(with_source("x", 1'000'000)), vertices(with_source("x", 1000)));
}

}  // namespace
}  // namespace loopscope::panels
