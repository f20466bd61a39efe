#include "app/screen/screen.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <glad/gl.h>

#include "app/render/ground.hpp"
#include "tests/app/gl/with_context.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::screen {
namespace {

using panels::Action;

constexpr gl::Size size{1024, 640};

/// A screen off-screen, on the seed's program at its end.
class ScreenTest : public WithContext {
  protected:
    void SetUp() override {
        WithContext::SetUp();
        if (HasFatalFailure()) return;
        framebuffer_ = gl::Framebuffer::create(size);
        ASSERT_TRUE(framebuffer_) << framebuffer_.error().message;
        show(session::finished_seed());
    }

    void show(session::Session session) {
        screen_ = fail("made anew");  // ImGui is there once
        screen_ = Screen::create(std::move(session), nullptr);
        ASSERT_TRUE(screen_) << screen_.error().message;
        draw(3);  // ImGui sizes some things by what it saw in the frame before
    }

    void draw(int frames, double passed = 0, gl::Size window = size, float display_scale = 1) {
        framebuffer_->bind();
        for (; frames > 0; --frames) (*screen_)->draw(window, window, passed, display_scale);
    }
    void perform(Action action) {
        (*screen_)->workspace().perform(action);
        draw(3, 0.1);  // until the view has arrived
        draw(2);
    }
    gl::Image picture() { return framebuffer_->read_pixels(); }
    /// Drawn from nothing.
    gl::Image whole_picture() {
        (*screen_)->invalidate();
        draw(1);
        return picture();
    }
    /// How many pixels are drawn for a frame, each as often as something is drawn on it.
    unsigned drawn_for_a_frame() {
        unsigned query = 0;
        unsigned samples = 0;
        glGenQueries(1, &query);
        glBeginQuery(GL_SAMPLES_PASSED, query);
        draw(1);
        glEndQuery(GL_SAMPLES_PASSED);
        glGetQueryObjectuiv(query, GL_QUERY_RESULT, &samples);
        glDeleteQueries(1, &query);
        return samples;
    }
    Screen& screen() { return **screen_; }

  private:
    Result<gl::Framebuffer> framebuffer_ = fail("not made yet");
    Result<std::unique_ptr<Screen>> screen_ = fail("not made yet");
};

/// How many pixels of two pictures differ.
std::size_t differing(const gl::Image& one, const gl::Image& other) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < one.rgba.size(); at += 4) {
        const auto begin = one.rgba.begin() + static_cast<std::ptrdiff_t>(at);
        if (!std::equal(begin, begin + 4, other.rgba.begin() + static_cast<std::ptrdiff_t>(at))) ++count;
    }
    return count;
}

TEST_F(ScreenTest, has_text_as_large_as_its_display_asks_for_wherever_that_fits) {
    const auto scale_on = [&](float display, gl::Size window) {
        draw(1, 0, window, display);
        return screen().workspace().appearance().scale();
    };
    EXPECT_FLOAT_EQ(scale_on(1, {1920, 1080}), 1);
    EXPECT_FLOAT_EQ(scale_on(2, {3840, 2160}), 2);
    // A window is not made larger for the scale of its display, but its text keeps a size that can be read.
    const float least = scale_on(1, {640, 480});
    for (const float display : {1.25F, 1.5F, 2.0F, 3.0F})
        EXPECT_NEAR(scale_on(display, {1280, 720}), std::max(display * least, 720.0F / 1080), 0.04F)
            << display;
    screen().workspace().appearance().set_text_size(3);
    EXPECT_FLOAT_EQ(scale_on(2, {2560, 1440}), 3) << "the panels need room for 640x480 of an ordinary screen";
    EXPECT_FLOAT_EQ(scale_on(1, {3840, 2160}), 4.5F);
}

TEST_F(ScreenTest, what_is_drawn_bit_by_bit_is_what_is_drawn_at_once) {
    constexpr std::array actions{
        Action::handle_back,    Action::print_back, Action::zoom_in,
        Action::zoom_in,        Action::pan_left,   Action::storage_contextvar,
        Action::head,           Action::help,       Action::help,
        Action::leak_back,      Action::arrows,     Action::axis,
        Action::palette,        Action::leave,      Action::fold_all,
        Action::compare,        Action::compare,    Action::theme,
        Action::present,        Action::fit_all,    Action::present,
        Action::iteration_back, Action::larger,     Action::task_back,
        Action::menu,           Action::leave,      Action::undo,
        Action::start,
    };
    for (std::size_t each = 0; each < actions.size(); ++each) {
        perform(actions.at(each));
        const gl::Image kept = picture();
        EXPECT_EQ(differing(kept, whole_picture()), 0) << "after action " << each;
    }
}

TEST_F(ScreenTest, a_trace_that_grows_is_drawn_bit_by_bit_as_at_once) {
    show(session::seed());
    for (const int zooms : {0, 3, 3}) {  // steps as boxes, close together, and merged in columns
        for (int each = 0; each < zooms; ++each) perform(Action::zoom_out);
        for (int step = 0; step < 12; ++step) {
            perform(Action::handle_forward);
            const gl::Image kept = picture();
            EXPECT_EQ(differing(kept, whole_picture()), 0) << "after step " << step << " of zoom " << zooms;
        }
    }
}

TEST_F(ScreenTest, what_stays_is_not_drawn_again) {
    screen().invalidate();
    const unsigned all = drawn_for_a_frame();
    EXPECT_GT(all, 0);
    EXPECT_EQ(drawn_for_a_frame(), 0);
    screen().workspace().perform(Action::arrows);  // changes the timeline alone
    const unsigned timeline = drawn_for_a_frame();
    EXPECT_GT(timeline, 0);
    EXPECT_LT(timeline, all / 4 * 3);
}

TEST_F(ScreenTest, for_a_step_only_what_differs_is_drawn) {
    screen().invalidate();
    const unsigned all = drawn_for_a_frame();
    screen().workspace().perform(Action::handle_back);
    const unsigned step = drawn_for_a_frame();
    EXPECT_GT(step, 0);
    EXPECT_LT(step, all / 3);
    RecordProperty("step", std::to_string(step));
    RecordProperty("all", std::to_string(all));
}

TEST_F(ScreenTest, what_the_framebuffer_held_before_does_not_matter) {
    const gl::Image before = picture();
    render::fill(render::Viewport::whole(size), {255, 0, 255});
    draw(1);
    EXPECT_EQ(differing(before, picture()), 0);
}

// A window that nobody touches is not drawn, so nothing in it may hang on when it was drawn last.
TEST_F(ScreenTest, what_has_the_focus_or_dims_the_rest_stands_still_while_nobody_does_anything) {
    constexpr std::array actions{Action::search, Action::mark, Action::filter, Action::save,
                                 Action::help,   Action::help, Action::palette};
    for (const Action action : actions) {
        const gl::Image last = picture();
        screen().workspace().perform(action);
        draw(4, 1.0 / 60);  // what a window draws after an input
        const gl::Image shown = picture();
        EXPECT_GT(differing(last, shown), 0) << "action " << static_cast<int>(action);
        for (const double passed : {0.3, 0.5, 0.4, 0.2, 0.3, 60.0}) {
            draw(1, passed);
            EXPECT_EQ(differing(shown, picture()), 0) << "action " << static_cast<int>(action);
        }
    }
}

TEST_F(ScreenTest, of_a_window_larger_than_opengl_can_draw_as_much_is_drawn_as_it_can) {
    const gl::Size largest = gl::max_framebuffer();
    const auto draw_at = [&](gl::Size window) {
        while (glGetError() != GL_NO_ERROR) {
        }
        draw(2, 0, window);
        EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
        return picture();
    };
    const gl::Image as_large_as_can_be = draw_at({largest.width, size.height});
    EXPECT_EQ(differing(draw_at({largest.width + 3616, size.height}), as_large_as_can_be), 0);
}

TEST_F(ScreenTest, a_step_changes_the_picture) {
    const gl::Image before = picture();
    perform(Action::handle_back);
    EXPECT_GT(differing(before, picture()), 0);
}

}  // namespace
}  // namespace loopscope::screen
