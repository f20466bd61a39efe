// SPDX-License-Identifier: MIT
#include "app/cli/picture_options.hpp"

#include <cstddef>

#include <fmt/format.h>

#include "app/export/timeline_svg.hpp"
#include "app/settings/settings.hpp"
#include "core/base/number.hpp"

namespace loopscope::cli {
namespace {

/// Returns a side in pixels; 0 if it is not a number within the limits.
int parse_side(std::string_view text) {
    const int side = number_of<int>(text).value_or(0);
    return side >= min_side && side <= max_side ? side : 0;
}

}  // namespace

Result<gl::Size> parse_size(std::string_view text) {
    const std::size_t cross = text.find('x');
    const int width = parse_side(text.substr(0, cross));
    const int height = cross == std::string_view::npos ? 0 : parse_side(text.substr(cross + 1));
    if (width != 0 && height != 0) return gl::Size{width, height};
    return fail(
        fmt::format("--size cannot be '{}': it has to be WIDTHxHEIGHT, each from {} to {}, such as 1920x1080",
                    text, min_side, max_side),
        Error::Code::invalid_argument);
}

Result<const timeline::Theme*> parse_theme(std::string_view name) {
    if (const timeline::Theme* const theme = timeline::Theme::find(name)) return theme;
    return fail(fmt::format("--theme cannot be '{}': it has to be dark, light or projector", name),
                Error::Code::invalid_argument);
}

Result<const timeline::Theme*> parse_theme_option(const std::optional<std::string>& name) {
    return name ? parse_theme(std::string_view(*name)) : nullptr;
}

Result<PictureOptions> parse_picture(const PictureRequest& request) {
    LOOPSCOPE_TRY(size, parse_size(request.size));
    LOOPSCOPE_TRY(theme, parse_theme_option(request.theme));
    const float scale = number_of<float>(request.scale).value_or(0);
    if (!(scale >= settings::min_text_size && scale <= settings::max_text_size))
        return fail(fmt::format("--scale cannot be '{}': it has to be a number from {} to {}, such as 1.5",
                                request.scale, settings::min_text_size, settings::max_text_size),
                    Error::Code::invalid_argument);
    return PictureOptions{size, {theme, request.present, scale}};
}

Result<void> draw_timeline(const session::Session& session, const std::filesystem::path& path,
                           const PictureOptions& options) {
    return export_::write_timeline_svg(session, path,
                                       {options.size, options.look.its_theme(), options.look.text_size});
}

}  // namespace loopscope::cli
