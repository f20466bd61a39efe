#include "app/lesson/document.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

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
    auto text = document.read();
    if (!text) return tl::unexpected(text.error());
    document.text_ = std::move(*text);
    return document;
}

Document::Time Document::written_at() const {
    std::error_code unreadable;
    const auto time = fs::last_write_time(path_, unreadable);
    return unreadable ? std::nullopt : std::optional(time);
}

Result<std::string> Document::read() const {
    std::error_code ignored;
    if (fs::is_directory(path_, ignored))
        return fail(fmt::format("'{}' is a folder; name a file in it", name_));
    std::ifstream stream(path_, std::ios::binary);
    if (!stream) return fail(fmt::format("cannot open '{}': {}", name_, std::strerror(errno)));
    return std::string(std::istreambuf_iterator<char>(stream), {});
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
