#include "app/cli/picture.hpp"

#include <fmt/format.h>

#include "app/cli/screen.hpp"
#include "app/cli/streams.hpp"
#include "app/export/png.hpp"
#include "app/platform/offscreen_context.hpp"
#include "app/render/ground.hpp"
#include "core/base/number.hpp"

namespace loopscope::cli {
namespace {

/// Returns a side in pixels; 0 if it is not a number within the limits.
int parse_side(std::string_view text) {
    const int side = number_of<int>(text).value_or(0);
    return side >= smallest_side && side <= largest_side ? side : 0;
}

}  // namespace

Result<gl::Size> parse_size(std::string_view text) {
    const std::size_t cross = text.find('x');
    const int width = parse_side(text.substr(0, cross));
    const int height = cross == std::string_view::npos ? 0 : parse_side(text.substr(cross + 1));
    if (width != 0 && height != 0) return gl::Size{width, height};
    return fail(
        fmt::format("--size cannot be '{}': it has to be WIDTHxHEIGHT, each from {} to {}, such as 1920x1080",
                    text, smallest_side, largest_side));
}

Result<const timeline::Theme*> parse_theme(std::string_view name) {
    if (const timeline::Theme* const theme = timeline::Theme::find(name)) return theme;
    return fail(fmt::format("--theme cannot be '{}': it has to be dark, light or projector", name));
}

Result<gl::Image> draw_picture(session::Session session, gl::Size size, const timeline::Theme& theme) {
    auto context = platform::OffscreenContext::create();
    if (!context) return tl::unexpected(context.error());
    auto framebuffer = gl::Framebuffer::create(size);
    if (!framebuffer) return tl::unexpected(framebuffer.error());
    auto screen = Screen::create(std::move(session), nullptr);
    if (!screen) return tl::unexpected(screen.error());
    (*screen)->workspace().appearance().set_theme(theme);
    // ImGui takes the size of some things from the frame before, so the third frame is the first that is
    // right.
    for (int frame = 0; frame < 3; ++frame) {
        framebuffer->bind();
        (*screen)->draw(size, size, 0, 1);
    }
    return framebuffer->read_pixels();
}

int write_picture(session::Session session, const std::string& path, gl::Size size,
                  const timeline::Theme& theme) {
    const auto image = draw_picture(std::move(session), size, theme);
    if (!image) return report(image.error(), failure);
    if (const auto saved = export_::write_png(path, *image); !saved) return report(saved.error(), failure);
    return success;
}

Result<gl::Image> draw_picture(const timeline::ComparisonPicture& picture, gl::Size size) {
    auto context = platform::OffscreenContext::create();
    if (!context) return tl::unexpected(context.error());
    auto framebuffer = gl::Framebuffer::create(size);
    if (!framebuffer) return tl::unexpected(framebuffer.error());
    gl::ShaderLibrary shaders = gl::ShaderLibrary::of_program();
    auto renderer = render::DrawListRenderer::create(shaders);
    if (!renderer) return tl::unexpected(renderer.error());
    const timeline::Theme& theme = timeline::Theme::dark_theme();
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    const timeline::DrawList list = draw_comparison(picture, theme, renderer->metrics(), width, height);
    framebuffer->bind();
    render::fill(render::Viewport::whole(size), theme.background);
    renderer->draw(list, render::Viewport::whole(size));
    return framebuffer->read_pixels();
}

}  // namespace loopscope::cli
