// SPDX-License-Identifier: MIT
#include "app/screen/picture.hpp"

#include <utility>

#include "app/export/png.hpp"
#include "app/gl/image.hpp"
#include "app/platform/offscreen_context.hpp"
#include "app/render/ground.hpp"
#include "app/screen/screen.hpp"

namespace loopscope::screen {
namespace {

Result<gl::Image> draw_picture(session::Session session, gl::Size size, const PictureLook& look) {
    const auto context = platform::OffscreenContext::create();  // stays current until the end
    if (!context) return tl::unexpected(context.error());
    LOOPSCOPE_TRY(framebuffer, gl::Framebuffer::create(size));
    LOOPSCOPE_TRY(screen, Screen::create(std::move(session), nullptr));
    set_look(screen->workspace(), look);
    // ImGui takes the size of some things from the frame before, so the third frame is the first that is
    // right.
    const panels::Workspace& workspace = screen->workspace();
    // Of many slices, what is counted a part a frame is counted to its end.
    constexpr int max_frames = 20'000;
    const auto is_counting = [&] { return workspace.session().index().is_of_tracks() && workspace.moving(); };
    for (int frame = 0; frame < 3 || (frame < max_frames && is_counting()); ++frame) {
        framebuffer.bind();
        screen->draw(size, size, 0, 1);
    }
    return framebuffer.read_pixels();
}

Result<gl::Image> draw_picture(const timeline::ComparisonPicture& picture, gl::Size size) {
    const auto context = platform::OffscreenContext::create();  // stays current until the end
    if (!context) return tl::unexpected(context.error());
    LOOPSCOPE_TRY(framebuffer, gl::Framebuffer::create(size));
    gl::ShaderLibrary shaders = gl::ShaderLibrary::of_program();
    LOOPSCOPE_TRY(renderer, render::DrawListRenderer::create(shaders));
    const timeline::Theme& theme = timeline::Theme::dark_theme();
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    const timeline::DrawList list = draw_comparison(picture, theme, renderer.metrics(), width, height);
    framebuffer.bind();
    render::fill(render::Viewport::whole(size), theme.background);
    renderer.draw(list, render::Viewport::whole(size));
    return framebuffer.read_pixels();
}

}  // namespace

const timeline::Theme& PictureLook::its_theme() const {
    if (theme != nullptr) return *theme;
    return presents ? timeline::Theme::projector_theme() : timeline::Theme::dark_theme();
}

void set_look(panels::Workspace& workspace, const PictureLook& look) {
    panels::Appearance& appearance = workspace.appearance();
    if (look.presents) appearance.toggle_presenting();
    appearance.set_theme(look.its_theme());
    appearance.set_text_size(look.text_size);
}

Result<void> write_picture(const std::filesystem::path& path, session::Session session, gl::Size size,
                           const PictureLook& look) {
    LOOPSCOPE_TRY(image, draw_picture(std::move(session), size, look));
    return export_::write_png(path, image);
}

Result<void> write_picture(const std::filesystem::path& path, const timeline::ComparisonPicture& picture,
                           gl::Size size) {
    LOOPSCOPE_TRY(image, draw_picture(picture, size));
    return export_::write_png(path, image);
}

}  // namespace loopscope::screen
