// SPDX-License-Identifier: MIT
#include "app/lesson/sheet.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace loopscope::lesson {
namespace {

constexpr std::string_view rule = "---";
constexpr std::string_view heading_mark = "## ";
constexpr std::string_view afterwards_mark = "### Afterwards";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Parses a line `key: value`; none if it is not such a line.
std::optional<Entry> entry_of(std::string_view text, std::uint32_t line) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    Entry entry{std::string(trimmed(text.substr(0, colon))), std::string(trimmed(text.substr(colon + 1))),
                line};
    if (entry.key.empty() || entry.key.find_first_of(" \t`*") != std::string::npos) return std::nullopt;
    return entry;
}

/// Appends a line to a text. Lines of a paragraph become one, with an empty line between paragraphs; items of
/// a list and lines of code stay apart.
void add_line(std::string& text, std::string_view line) {
    const std::string_view words = trimmed(line);
    if (words.empty()) {
        if (!text.empty() && !text.ends_with("\n\n")) text += text.ends_with('\n') ? "\n" : "\n\n";
        return;
    }
    const bool stands_alone = words.starts_with("- ") || line.starts_with("    ");
    if (stands_alone && !text.empty() && !text.ends_with('\n')) text += '\n';
    if (!text.empty() && !text.ends_with('\n')) text += ' ';
    text += line.starts_with("    ") ? trimmed(line.substr(4)) : words;
    if (line.starts_with("    ")) text += '\n';
}

void end_text(std::string& text) {
    while (text.ends_with('\n')) text.pop_back();
}

class Parser {
  public:
    Parser(std::string_view file, std::string_view text) : text_(text) { sheet_.file = file; }

    Result<Sheet> parse() {
        if (text_.size() > max_sheet_bytes)
            return fail(fmt::format("{} has more than a megabyte; a lesson is a page of text, so shorten it",
                                    sheet_.file),
                        Error::Code::too_large);
        for (auto step : {&Parser::check_characters, &Parser::front_matter, &Parser::body}) {
            LOOPSCOPE_CHECK((this->*step)());
        }
        end_text(sheet_.text);
        for (Section& section : sheet_.sections) {
            end_text(section.text);
            end_text(section.afterwards);
        }
        return std::move(sheet_);
    }

  private:
    // Control characters, because a terminal would obey some of them.
    Result<void> check_characters() {
        std::uint32_t line = 1;
        for (const char each : text_) {
            if (each == '\n') ++line;
            const auto byte = static_cast<unsigned char>(each);
            if ((byte < 0x20 && each != '\n' && each != '\t' && each != '\r') || byte == 0x7f)
                return sheet_.error(
                    line, fmt::format("there is a control character (byte {}) here; delete it", byte));
        }
        return {};
    }

    /// Returns the next line; none at the end of the file.
    std::optional<std::string_view> next() {
        if (at_ >= text_.size()) return std::nullopt;
        const std::size_t end = std::min(text_.find('\n', at_), text_.size());
        std::string_view line = text_.substr(at_, end - at_);
        at_ = end + 1;
        ++line_;
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }

    Result<void> front_matter() {
        if (const auto first = next(); !first || trimmed(*first) != rule)
            return sheet_.error(1,
                                "the front matter is missing; begin the file with a line '---', then lines "
                                "such as 'title: One cell for all', then '---'");
        while (const auto line = next()) {
            const std::string_view words = trimmed(*line);
            if (words == rule) return {};
            if (words.empty()) continue;
            auto entry = entry_of(words, line_);
            if (!entry)
                return sheet_.error(line_,
                                    fmt::format("'{}' is not a setting; write 'key: value', or end the "
                                                "front matter with '---'",
                                                words));
            sheet_.front.push_back(std::move(*entry));
        }
        return sheet_.error(line_, "the front matter has no end; write '---' after its last line");
    }

    Result<void> body() {
        std::string* text = &sheet_.text;
        while (const auto line = next()) {
            const std::string_view words = trimmed(*line);
            if (words.starts_with('#')) {
                LOOPSCOPE_TRY(begun, heading(words));
                text = begun;
                continue;
            }
            const bool in_head =
                !sheet_.sections.empty() && text == &sheet_.sections.back().text && trimmed(*text).empty();
            if (in_head && words.starts_with("- ")) {
                auto entry = entry_of(words.substr(2), line_);
                if (!entry)
                    return sheet_.error(line_,
                                        fmt::format("'{}' is not a setting; write '- key: value', or put a "
                                                    "sentence before a list that belongs to the text",
                                                    words));
                sheet_.sections.back().entries.push_back(std::move(*entry));
                continue;
            }
            add_line(*text, *line);
        }
        return {};
    }

    /// Begins the part below a heading, and returns where its text goes.
    Result<std::string*> heading(std::string_view words) {
        if (words == afterwards_mark) {
            if (sheet_.sections.empty())
                return sheet_.error(line_, "'### Afterwards' has no '## heading' above it to belong to");
            return &sheet_.sections.back().afterwards;
        }
        if (!words.starts_with(heading_mark))
            return sheet_.error(line_, fmt::format("'{}' is not a known heading; write '## A "
                                                   "heading', or '### Afterwards'",
                                                   words));
        Section section{std::string(trimmed(words.substr(heading_mark.size()))), line_, {}, {}, {}};
        const auto same = std::ranges::find(sheet_.sections, section.heading, &Section::heading);
        if (same != sheet_.sections.end())
            return sheet_.error(line_,
                                fmt::format("there is already a heading '{}' in line {}; give this one "
                                            "another name",
                                            section.heading, same->line));
        if (sheet_.sections.size() == max_sections)
            return sheet_.error(
                line_, fmt::format("this is heading {}, but only {} are allowed; split it into several "
                                   "files",
                                   max_sections + 1, max_sections));
        sheet_.sections.push_back(std::move(section));
        return &sheet_.sections.back().text;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 0;
    Sheet sheet_;
};

}  // namespace

tl::unexpected<Error> Sheet::error(std::uint32_t line, std::string_view sentence) const {
    return fail(fmt::format("{}:{}: {}", file, line, sentence), Error::Code::damaged);
}

Result<const Entry*> Sheet::find(const std::vector<Entry>& entries, std::string_view key) const {
    const auto first = std::ranges::find(entries, key, &Entry::key);
    if (first == entries.end()) return nullptr;
    const auto second = std::ranges::find(std::next(first), entries.end(), key, &Entry::key);
    if (second != entries.end())
        return error(second->line,
                     fmt::format("'{}' is already in line {}; write it once", key, first->line));
    return &*first;
}

Result<void> Sheet::allow(const std::vector<Entry>& entries,
                          const std::vector<std::string_view>& keys) const {
    for (const Entry& entry : entries) {
        if (std::ranges::find(keys, entry.key) == keys.end())
            return error(entry.line, fmt::format("'{}' is not known here; write one of: {}", entry.key,
                                                 fmt::join(keys, ", ")));
    }
    return {};
}

Result<Sheet> parse_sheet(std::string_view file, std::string_view text) {
    return Parser(file, text).parse();
}

}  // namespace loopscope::lesson
