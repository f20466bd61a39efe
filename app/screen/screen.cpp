// SPDX-License-Identifier: MIT
#include "app/screen/screen.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "app/render/ground.hpp"
#include "app/timeline/theme.hpp"
#include "core/base/result.hpp"

namespace loopscope::screen {
namespace {

/// The size of the screen for which lengths are designed, in pixels.
constexpr float design_width = 1920;
constexpr float design_height = 1080;
/// The minimum scale on smaller screens: text has to stay legible.
constexpr float min_scale = 0.68F;
/// The minimum size of the screen after the user's zoom, in design pixels: the panels need that much room.
constexpr float min_width = 640;
constexpr float min_height = 480;

/// Returns the size of the drawn part of a framebuffer in screen coordinates of its window.
gl::Size part_of(gl::Size window, gl::Size shown, gl::Size framebuffer) {
    const auto part = [](int whole, int some, int all) {
        return some == all ? whole : static_cast<int>(std::int64_t{whole} * some / std::max(all, 1));
    };
    return {part(window.width, shown.width, framebuffer.width),
            part(window.height, shown.height, framebuffer.height)};
}

/// Returns a scale rounded to steps, because fonts are made again for every scale.
float in_steps(float scale) {
    return std::round(scale * 32) / 32;
}

}  // namespace

Screen::Screen(gl::ShaderLibrary shaders, GLFWwindow* window)
    : shaders_(std::move(shaders)), imgui_(std::make_unique<panels::ImGuiFrame>(window)) {}

Result<std::unique_ptr<Screen>> Screen::create(session::Session session, GLFWwindow* window) {
    std::unique_ptr<Screen> screen(new Screen(gl::ShaderLibrary::of_program(), window));
    LOOPSCOPE_TRY(renderer, render::DrawListRenderer::create(screen->shaders_));
    screen->renderer_.emplace(std::move(renderer));
    screen->workspace_ =
        std::make_unique<panels::Workspace>(std::move(session), screen->renderer_->metrics());
    return screen;
}

void Screen::fit_scale(gl::Size framebuffer, float display_scale) {
    const float fit = std::min(static_cast<float>(framebuffer.width) / design_width,
                               static_cast<float>(framebuffer.height) / design_height);
    const float minimum = min_scale * display_scale;
    const float maximum = std::max(std::min(static_cast<float>(framebuffer.width) / min_width,
                                            static_cast<float>(framebuffer.height) / min_height),
                                   minimum);
    const float wanted =
        std::clamp(fit, minimum, std::max(display_scale, 1.0F) * 2) * workspace_->appearance().zoom();
    const float scale = in_steps(std::min(wanted, maximum));
    const timeline::Theme& theme = workspace_->appearance().theme();
    if (scale == scale_ && &theme == theme_) return;
    scale_ = scale;
    theme_ = &theme;
    workspace_->appearance().set_fonts(imgui_->set_scale(theme, scale), scale);
    invalidate();
}

void Screen::draw(gl::Size framebuffer, gl::Size window_size, double passed, float display_scale) {
    const gl::Size shown = at_most(framebuffer, gl::max_framebuffer());
    paint(framebuffer, shown,
          lay_out(shown, part_of(window_size, shown, framebuffer), passed, display_scale));
}

render::Damage Screen::lay_out(gl::Size shown, gl::Size window_size, double passed, float display_scale) {
    workspace_->advance(passed);
    fit_scale(shown, display_scale);
    const auto reloaded = shaders_.poll();
    if (shader_reloads_ != shaders_.reloads()) invalidate();
    shader_reloads_ = shaders_.reloads();
    workspace_->set_message(reloaded ? std::string() : reloaded.error().message);
    render::Damage damage;
    imgui_->begin(window_size, passed, workspace_->input());
    workspace_->update(window_size, passed);
    imgui_->end(damage);
    workspace_->lay_out(damage);
    return damage;
}

void Screen::paint(gl::Size framebuffer, gl::Size shown, render::Damage damage) {
    const gl::Region whole{0, 0, shown};
    if (!canvas_ || canvas_->size() != shown) {
        canvas_.reset();
        if (auto made = gl::Framebuffer::create(shown)) canvas_.emplace(std::move(*made));
        damage.add(whole);
    }
    if (shown != framebuffer)  // the rest of the window stays empty
        render::fill(render::Viewport::whole(framebuffer), workspace_->appearance().theme().panel);
    if (!canvas_) return paint(shown, {&whole, 1});  // no memory: draws everything in each frame
    {
        const gl::BindingGuard kept;
        canvas_->bind();
        damage.clip(whole);
        paint(shown, damage.regions());
    }
    canvas_->copy_to_bound(framebuffer);
}

void Screen::paint(gl::Size framebuffer, std::span<const gl::Region> regions) {
    for (const gl::Region& region : regions) {
        // The background of all panels, which draw none of their own.
        render::fill({framebuffer, 0, 0, region}, workspace_->appearance().theme().panel);
        workspace_->draw(*renderer_, framebuffer, region);
    }
    imgui_->draw(regions);
}

void Screen::take_wanted_picture(gl::Size framebuffer, gl::Size window_size, float display_scale) {
    const auto wanted = workspace_->take_wanted_picture();
    if (!wanted) return;
    auto picture = draw_larger(framebuffer, window_size, display_scale, wanted->scale);
    invalidate();
    if (picture)
        workspace_->write_picture(wanted->file, std::move(*picture));
    else
        workspace_->set_notice(picture.error().message);
}

Result<gl::Image> Screen::draw_larger(gl::Size framebuffer, gl::Size window_size, float display_scale,
                                      int factor) {
    const gl::Size size{framebuffer.width * factor, framebuffer.height * factor};
    if (at_most(size, gl::max_framebuffer()) != size)
        return fail("The window is too large for such a picture: make it smaller", Error::Code::too_large);
    LOOPSCOPE_TRY(target, gl::Framebuffer::create(size));
    const gl::BindingGuard kept;
    const auto scaled = static_cast<float>(factor);
    workspace_->rescale(scaled);
    imgui_->hide_mouse(true);
    const gl::Size window{window_size.width * factor, window_size.height * factor};
    // ImGui takes the size of some things from the frame before. Only the last frame costs pixels.
    for (int each = 0; each < 2; ++each) static_cast<void>(lay_out(size, window, 0, display_scale * scaled));
    target.bind();
    draw(size, window, 0, display_scale * scaled);
    imgui_->hide_mouse(false);
    workspace_->rescale(1 / scaled);
    return target.read_pixels();
}

void Screen::take(const platform::Inputs& inputs) {
    if (!inputs.dropped.empty()) workspace_->open(inputs.dropped.back());
    workspace_->input().add(inputs.events);
}

}  // namespace loopscope::screen
