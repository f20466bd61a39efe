// SPDX-License-Identifier: MIT
#include "app/lesson/document.hpp"

#include <system_error>

#include <fmt/format.h>

#include "app/lesson/sheet.hpp"
#include "core/base/input.hpp"

namespace loopscope::lesson {

namespace fs = std::filesystem;

Result<Document> Document::open(std::string_view what, Embedded embedded) {
    Document document;
    document.name_ = what;
    if (const std::string_view text = embedded(fmt::format("{}.md", what)); !text.empty()) {
        document.text_ = text;
        return document;
    }
    document.path_ = what;
    document.read_at_ = document.written_at();
    LOOPSCOPE_TRY(text, document.read());
    document.text_ = std::move(text);
    return document;
}

Document::Time Document::written_at() const {
    std::error_code unreadable;
    const auto time = fs::last_write_time(path_, unreadable);
    return unreadable ? std::nullopt : std::optional(time);
}

Result<std::string> Document::read() const {
    LOOPSCOPE_TRY(input, Input::open(path_));
    std::string text;
    // One byte more than is allowed is enough: the parser then reports the size.
    while (text.size() <= max_sheet_bytes) {
        LOOPSCOPE_TRY(bytes, input->read());
        if (bytes.empty()) break;
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    return text;
}

bool Document::poll() {
    if (path_.empty()) return false;
    const Time now = written_at();
    if (!now || now == read_at_) return false;  // an editor may be about to put it back
    auto text = read();
    if (!text) return false;
    read_at_ = now;
    if (*text == text_) return false;
    text_ = std::move(*text);
    return true;
}

}  // namespace loopscope::lesson
