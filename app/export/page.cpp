// SPDX-License-Identifier: MIT
#include "app/export/page.hpp"

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/base/atomic_file.hpp"
#include "core/base/escape.hpp"

#ifdef __EMSCRIPTEN__
#include <cstdlib>

#include <emscripten.h>
#endif

namespace loopscope::export_ {
namespace {

namespace fs = std::filesystem;

/// The element of the page that has the contents, with none in it. web/page.html has it once.
constexpr std::string_view no_contents = R"(<script type="application/json" id="contents">null</script>)";

/// Appends a member to a JSON object, if it has a value.
void add_member(std::string& object, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    object += object.size() > 1 ? "," : "";
    append_json_string(object, name);
    object += ':';
    append_json_string(object, text);
}

/// Returns JSON as text of a script element, which nothing in it ends (HTML, 4.12.1.3).
std::string in_script(const std::string& json) {
    std::string text;
    for (const char each : json) {
        if (each == '<')
            text += "\\u003c";
        else
            text += each;
    }
    return text;
}

std::string text_of(const PageContents& contents) {
    std::string object = "{";
    add_member(object, "title", contents.title);
    add_member(object, "note", contents.note);
    add_member(object, "file", contents.file);
    add_member(object, "theme", contents.theme);
    if (contents.at) add_member(object, "at", fmt::format("{}", contents.at->value));
    add_member(object, "lesson", contents.lesson);
    add_member(object, "demo", contents.demo);
    add_member(object, "trace", base64(contents.trace));
    return in_script(object + "}");
}

}  // namespace

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view group = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t each = 0; each < 3; ++each)
            bits = bits << 8U | (each < group.size() ? static_cast<std::uint8_t>(group[each]) : 0U);
        for (std::size_t each = 0; each < 4; ++each)
            text += each <= group.size() ? digits[bits >> (18 - 6 * each) & 63U] : '=';
    }
    return text;
}

#ifdef __EMSCRIPTEN__

// Text of the heap, which the caller frees.
EM_JS(char*, loopscope_text_of_page, (), { return allocateUTF8(Module['emptyPage']); });

Result<std::string> empty_page() {
    char* const text = loopscope_text_of_page();
    std::string page(text);
    std::free(text);
    return page;
}

#else

Result<std::string> empty_page() {
    std::error_code unknown;
    const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
    const fs::path folder = program.parent_path();
    const std::array<fs::path, 3> places = {
        folder.parent_path() / "share/loopscope/loopscope.html",     // installed
        folder / "share/loopscope/loopscope.html",                   // a wheel
        folder.parent_path().parent_path() / "web/loopscope.html"};  // build/dev/app, and build/web
    for (const fs::path& each : places) {
        std::ifstream file(each, std::ios::binary);
        if (!file) continue;
        return std::string(std::istreambuf_iterator<char>(file), {});
    }
    return fail(fmt::format("the page for browsers is not here ({}); `./dev web` in the sources makes it",
                            places[0].string()),
                Error::Code::not_found);
}

#endif

Result<std::string> page_with(std::string_view empty, const PageContents& contents) {
    const std::size_t at = empty.find(no_contents);
    if (at == std::string_view::npos)
        return fail("the page for browsers is another version's; `./dev web` in the sources makes it anew",
                    Error::Code::damaged);
    const std::size_t value = at + no_contents.find("null");
    return fmt::format("{}{}{}", empty.substr(0, value), text_of(contents), empty.substr(value + 4));
}

Result<void> write_page(const fs::path& path, const PageContents& contents) {
    LOOPSCOPE_TRY(empty, empty_page());
    LOOPSCOPE_TRY(page, page_with(empty, contents));
    LOOPSCOPE_TRY(file, AtomicFile::open(path));
    LOOPSCOPE_CHECK(file.write(std::string_view(page)));
    return file.commit();
}

}  // namespace loopscope::export_
