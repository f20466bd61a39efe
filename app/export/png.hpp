#pragma once

#include <filesystem>

#include "app/gl/image.hpp"
#include "core/base/result.hpp"

namespace loopscope::export_ {

/// Writes a picture as a PNG file, which is replaced as a whole or left as it was (AtomicFile). Fails if the
/// picture is too large or the file cannot be written.
[[nodiscard]] Result<void> write_png(const std::filesystem::path& path, const gl::Image& image);

/// Reads a PNG file of any colour type. Fails if the file cannot be read, is not a PNG file, or is larger
/// than 32768 pixels on a side.
Result<gl::Image> read_png(const std::filesystem::path& path);

}  // namespace loopscope::export_
