// SPDX-License-Identifier: MIT
#include "app/settings/document.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/number.hpp"

namespace loopscope::settings {
namespace {

constexpr std::string_view version_key = "loopscope-settings";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// A line as `key = value`; without a key if it is none.
struct Entry {
    std::string_view key;
    std::string_view value;
};

bool is_empty(std::string_view line) {
    const std::string_view text = trimmed(line);
    return text.empty() || text.front() == '#';
}

Entry entry_of(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (is_empty(line) || equals == std::string_view::npos) return {};
    return {trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1))};
}

}  // namespace

Result<Document> Document::parse(std::string_view text) {
    if (text.size() > max_bytes) return fail("is too long for a file of settings", Error::Code::too_large);
    Document document;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const Entry entry = entry_of(line);
        if (entry.key != version_key)
            document.lines_.emplace_back(line);
        else if (number_of<int>(entry.value).value_or(version + 1) > version)
            return fail("was written by a newer Loopscope", Error::Code::unsupported);
    }
    return document;
}

std::vector<std::string_view> Document::all(std::string_view key) const {
    std::vector<std::string_view> values;
    for (const std::string& line : lines_) {
        if (const Entry entry = entry_of(line); !entry.key.empty() && entry.key == key)
            values.push_back(entry.value);
    }
    return values;
}

std::optional<std::string_view> Document::get(std::string_view key) const {
    const auto values = all(key);
    return values.empty() ? std::nullopt : std::optional(values.front());
}

void Document::set(std::string_view key, const std::vector<std::string>& values) {
    const auto is_its = [&](const std::string& line) { return entry_of(line).key == key; };
    const auto place = std::ranges::find_if(lines_, is_its) - lines_.begin();
    std::erase_if(lines_, is_its);
    std::vector<std::string> lines;
    lines.reserve(values.size());
    for (const std::string& value : values) lines.push_back(fmt::format("{} = {}", key, value));
    lines_.insert(lines_.begin() + std::min(place, lines_.end() - lines_.begin()), lines.begin(),
                  lines.end());
}

std::optional<std::string_view> Document::strange_line() const {
    const auto found = std::ranges::find_if(
        lines_, [](const std::string& line) { return !is_empty(line) && entry_of(line).key.empty(); });
    return found == lines_.end() ? std::nullopt : std::optional(std::string_view(*found));
}

std::string Document::text() const {
    std::string text = fmt::format("{} = {}\n", version_key, version);
    for (const std::string& line : lines_) (text += line) += '\n';
    return text;
}

}  // namespace loopscope::settings
