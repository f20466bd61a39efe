#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ostream>

#include <glad/gl.h>
#include <gtest/gtest.h>

#include "app/gl/framebuffer.hpp"
#include "app/render/draw_list_renderer.hpp"
#include "tests/app/gl/with_context.hpp"

namespace loopscope::timeline {

inline std::ostream& operator<<(std::ostream& out, Color color) {
    return out << '(' << int{color.red} << ' ' << int{color.green} << ' ' << int{color.blue} << ' '
               << int{color.alpha} << ')';
}

}  // namespace loopscope::timeline

namespace loopscope::render {

constexpr timeline::Color black{0, 0, 0};
constexpr timeline::Color white{255, 255, 255};
constexpr timeline::Color red{255, 0, 0};
constexpr timeline::Color blue{0, 0, 255};

/// A picture of 64 x 32 pixels, at first black, that a test draws into and looks at.
class Drawing : public WithContext {
  protected:
    static constexpr gl::Size size{64, 32};

    void SetUp() override {
        WithContext::SetUp();
        if (HasFatalFailure()) return;
        shaders_ = gl::ShaderLibrary::of_program();
        framebuffer_ = gl::Framebuffer::create(size);
        renderer_ = DrawListRenderer::create(shaders_);
        ASSERT_TRUE(framebuffer_) << framebuffer_.error().message;
        ASSERT_TRUE(renderer_) << renderer_.error().message;
        framebuffer_->bind();
        glClearColor(0, 0, 0, 1);
        glClear(GL_COLOR_BUFFER_BIT);
    }

    /// Draws `list`, one pixel of which is one of the picture.
    void draw() { draw(Viewport::whole(size)); }

    void draw(const Viewport& viewport) {
        renderer_->draw(list, viewport);
        picture_ = framebuffer_->read_pixels();
        EXPECT_EQ(glGetError(), static_cast<unsigned>(GL_NO_ERROR));
    }

    /// What was drawn at a pixel, from the top left.
    timeline::Color at(int x, int y) const {
        const std::uint8_t* pixel = &picture_.rgba.at(4 * static_cast<std::size_t>(y * size.width + x));
        return {pixel[0], pixel[1], pixel[2], pixel[3]};
    }

    /// The smallest box around all pixels that are not black.
    Ink inked() const {
        int left = size.width;
        int top = size.height;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                if (at(x, y) == black) continue;
                left = std::min(left, x);
                top = std::min(top, y);
                right = std::max(right, x + 1);
                bottom = std::max(bottom, y + 1);
            }
        }
        return {left, top, right - left, bottom - top};
    }

    /// How much is white, in pixels; those in between count as much as they are bright.
    float white_area() const {
        float sum = 0;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) sum += static_cast<float>(at(x, y).green) / 255;
        }
        return sum;
    }

    DrawListRenderer& renderer() { return *renderer_; }
    timeline::Layer& layer() { return list[timeline::DrawList::lanes]; }

    timeline::DrawList list;

  private:
    gl::ShaderLibrary shaders_{gl::ShaderLibrary::EmbeddedFiles{}};
    Result<gl::Framebuffer> framebuffer_ = fail("not made yet");
    Result<DrawListRenderer> renderer_ = fail("not made yet");
    gl::Image picture_;
};

}  // namespace loopscope::render
