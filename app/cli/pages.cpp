// SPDX-License-Identifier: MIT
#include "app/cli/pages.hpp"

#include <filesystem>
#include <utility>

#include "app/export/page.hpp"
#include "core/base/result.hpp"
#include "core/feed/opening.hpp"
#include "core/format/saver.hpp"

namespace loopscope::cli {
namespace {

namespace fs = std::filesystem;

export_::PageContents contents_of(const std::string& title, const PageView& view) {
    export_::PageContents contents;
    contents.title = title;
    contents.at = view.at;
    if (view.theme != nullptr) contents.theme = view.theme->name;
    return contents;
}

/// Returns the name of a file for a trace of this title, which may be a path.
std::string file_of(const std::string& title) {
    return fs::path(title).filename().replace_extension(".loopscope").string();
}

}  // namespace

Result<void> write_trace_page(const std::string& path, const std::string& title, const trace::Log& log,
                              const format::Info& info, const PageView& view) {
    export_::PageContents contents = contents_of(fs::path(title).filename().string(), view);
    LOOPSCOPE_TRY(bytes, format::bytes_of(log, info));
    contents.trace = std::move(bytes);
    contents.note = info.notes;
    contents.file = file_of(title);
    return export_::write_page(path, contents);
}

Result<void> write_file_page(const std::string& path, const std::string& file) {
    LOOPSCOPE_TRY(opened, feed::read_trace(file));
    return write_trace_page(path, opened.info.program.empty() ? opened.name : opened.info.program,
                            *opened.log, opened.info);
}

Result<void> write_show_page(const std::string& path, const std::string& title,
                             const lesson::Document& document, Shown shown, const PageView& view) {
    export_::PageContents contents = contents_of(title, view);
    (shown == Shown::lesson ? contents.lesson : contents.demo) = document.text();
    contents.file = fs::path(document.name()).filename().replace_extension(".md").string();
    return export_::write_page(path, contents);
}

}  // namespace loopscope::cli
