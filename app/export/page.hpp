// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/id.hpp"
#include "core/base/progress.hpp"
#include "core/base/result.hpp"

namespace loopscope::export_ {

/// What a page for a browser has inside, and shows. Empty: there is none.
struct PageContents {
    std::string title;   ///< of the page
    std::string note;    ///< what somebody wrote about the trace
    std::string trace;   ///< the bytes of a .loopscope file
    std::string lesson;  ///< the text of a lesson
    std::string demo;    ///< the text of a demo
    std::string file;    ///< the name of the trace's, the lesson's or the demo's file
    std::string theme;
    std::optional<EventIndex> at = {};  ///< where the cursor is; none: the end of a recording, else the start
};

/// Returns the page without contents that `./dev web` makes: what all pages have in common, Loopscope itself.
/// It is beside the program: in its share/loopscope, or where it was built in build/web. Fails if it is not
/// there. In a browser it is the page that is shown.
Result<std::string> empty_page();

/// Returns a page with these contents. `empty` is what empty_page() returns. Fails if it is no such page.
Result<std::string> page_with(std::string_view empty, const PageContents& contents);

/// Writes a page: one file that opens in any browser. The file is replaced as a whole, or left as it was.
[[nodiscard]] Result<void> write_page(const std::filesystem::path& path, const PageContents& contents);

/// Returns bytes as Base64 (RFC 4648, section 4).
std::string base64(std::string_view bytes);

}  // namespace loopscope::export_
