// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

#include "app/gl/image.hpp"
#include "core/base/progress.hpp"
#include "core/base/result.hpp"

namespace loopscope::export_ {

/// Writes a picture as a PNG file, which is replaced as a whole or left as it was (AtomicFile). Calls
/// `progress` before it touches the file. Fails if the picture is too large, the file cannot be written, or
/// `progress` stops it.
[[nodiscard]] Result<void> write_png(const std::filesystem::path& path, const gl::Image& image,
                                     const Progress& progress = {});

/// Reads a PNG file of any colour type. Fails if the file cannot be read, is not a PNG file, or is larger
/// than 32768 pixels on a side.
Result<gl::Image> read_png(const std::filesystem::path& path);
/// Reads the bytes of a PNG file; `name` is what errors call it. Fails as read_png does.
Result<gl::Image> decode_png(std::string_view bytes, std::string_view name);

}  // namespace loopscope::export_
