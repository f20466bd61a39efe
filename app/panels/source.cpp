// SPDX-License-Identifier: MIT
#include "app/panels/source.hpp"

#include <algorithm>

#include "core/trace/kinds.hpp"

namespace loopscope::panels {

const std::vector<std::string>& source_lines(const feed::About& about, Language language,
                                             std::uint32_t file) {
    static const std::vector<std::string> none;
    if (file != 1) {
        if (!about.others) return none;
        const auto other = about.others->find(file);
        return other == about.others->end() ? none : other->second.lines();
    }
    const scenario::Listings& listings = *about.listings;
    return (language == Language::native ? listings.native : listings.twin).lines();
}

std::uint32_t line_number(const feed::About& about, Language language, std::uint32_t line) {
    return language == Language::native ? line : about.listings->twin_line(line);
}

std::vector<std::uint32_t> native_lines(const feed::About& about, Language language, std::uint32_t number) {
    if (language == Language::native) return {number};
    std::vector<std::uint32_t> lines;
    const auto count = static_cast<std::uint32_t>(about.listings->native.lines().size());
    for (std::uint32_t line = 1; line <= count; ++line) {
        if (about.listings->twin_line(line) == number) lines.push_back(line);
    }
    return lines;
}

std::string_view source_line(const feed::About& about, Language language, std::uint32_t line,
                             std::uint32_t file) {
    const std::vector<std::string>& lines = source_lines(about, language, file);
    const std::uint32_t number = file == 1 ? line_number(about, language, line) : line;
    if (number == 0 || number > lines.size()) return {};
    const std::string_view text = lines[number - 1];
    const std::size_t start = text.find_first_not_of(' ');
    return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

std::string_view source_file(const feed::About& about, Language language) {
    return language == Language::native ? about.source_file : about.twin_file;
}

namespace {

/// Returns the line that a callback has reached, for which the state has none: that of its last print, read
/// or write.
FileLine callback_line(const explain::Facts& facts) {
    const std::optional<HandleIndex> handle = facts.index.handle_at(facts.cursor);
    if (!handle) return {};
    const EventIndex from = facts.looked_for_from(facts.index.handles().first(*handle));
    for (EventIndex at = facts.cursor + 1; at > from;) {
        --at;
        const trace::Event& event = facts.log[at];
        const trace::Kind kind = event.kind();
        const bool acts = kind == trace::Kind::get || trace::is_write(kind) || kind == trace::Kind::print ||
                          kind == trace::Kind::print_value;
        if (acts && !event.task()) return {facts.index.file_at(facts.log, at), facts.log.line(at)};
    }
    return {};
}

}  // namespace

FileLine told_line(const explain::Facts& facts) {
    const std::optional<trace::ReadyHandle>& handle = facts.state.handle();
    if (!handle) return {};
    const EventIndex told = explain::told_event(facts);
    if (told && facts.log.line(told) != 0)
        return {facts.index.file_at(facts.log, told), facts.log.line(told)};
    if (!handle->is_step) return callback_line(facts);
    const trace::TaskStatus& task = facts.state.task(handle->task);
    return {task.file, task.line};
}

}  // namespace loopscope::panels
