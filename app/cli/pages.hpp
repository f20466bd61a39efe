// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/lesson/document.hpp"
#include "app/timeline/theme.hpp"
#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::cli {

/// How a page begins, besides what it has inside.
struct PageView {
    std::optional<EventIndex> at = {};       ///< where the cursor is; none: at the start
    const timeline::Theme* theme = nullptr;  ///< null: the dark one
};

/// Writes a page for browsers with a trace inside, its marks and its note. `title` is what it is called.
[[nodiscard]] Result<void> write_trace_page(const std::string& path, const std::string& title,
                                            const trace::Log& log, const format::Info& info,
                                            const PageView& view = {});

/// Writes a page for browsers with the trace of a file inside.
[[nodiscard]] Result<void> write_file_page(const std::string& path, const std::string& file);

/// What a text is that a page shows step by step.
enum class Shown { lesson, demo };

/// Writes a page for browsers that plays a lesson or a demo. `title` is what it is called.
[[nodiscard]] Result<void> write_show_page(const std::string& path, const std::string& title,
                                           const lesson::Document& document, Shown shown,
                                           const PageView& view = {});

}  // namespace loopscope::cli
