#pragma once

#include <filesystem>

#include "app/gl/image.hpp"
#include "core/base/result.hpp"

namespace loopscope::export_ {

/// Writes a picture as a PNG file, which is replaced as a whole or left as it was (AtomicFile).
[[nodiscard]] Result<void> write_png(const std::filesystem::path& path, const gl::Image& image);

/// Reads a PNG file of any kind of colour. Fails if it is no PNG, or larger than any picture that write_png
/// is given.
Result<gl::Image> read_png(const std::filesystem::path& path);

}  // namespace loopscope::export_
