// SPDX-License-Identifier: MIT
#include "app/screen/icons.hpp"

#include <cassert>
#include <span>
#include <string_view>
#include <utility>

#include "app/export/png.hpp"

namespace loopscope {
namespace icons {

// cmake/embed.py defines these.
std::string_view file(std::string_view name);
std::span<const std::string_view> names();

}  // namespace icons

namespace screen {

std::vector<gl::Image> program_icons() {
    std::vector<gl::Image> images;
    for (const std::string_view name : icons::names()) {
        auto image = export_::decode_png(icons::file(name), name);
        assert(image);
        if (image) images.push_back(std::move(*image));
    }
    return images;
}

}  // namespace screen
}  // namespace loopscope
