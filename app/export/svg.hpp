// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "app/gl/size.hpp"
#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::export_ {

/// Returns a draw list as an SVG 1.1 document of `size` pixels, on a background of colour `ground`: for
/// slides and print, sharp at every size. Texts stay texts, in the fonts of the window or similar ones.
/// `metrics` must be those that the list was made with.
std::string svg_of(const timeline::DrawList& list, const timeline::TextMetrics& metrics, gl::Size size,
                   timeline::Color ground);

/// Writes an SVG document to a file, which is replaced as a whole or left as it was (AtomicFile).
[[nodiscard]] Result<void> write_svg(const std::filesystem::path& path, const std::string& document);

}  // namespace loopscope::export_
