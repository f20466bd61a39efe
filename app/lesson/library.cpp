// SPDX-License-Identifier: MIT
#include "app/lesson/library.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/result.hpp"

namespace loopscope::lessons {
std::string_view file(std::string_view name);  // written by cmake/embed.py
}

namespace loopscope::lesson {
namespace {

constexpr std::array<std::string_view, 6> names = {"global",  "thread-local", "argument",
                                                   "context", "contextvars",  "traps"};

Result<Player> player_of(const Document& document) {
    LOOPSCOPE_TRY(lesson, parse(document.name(), document.text()));
    return Player::create(std::move(lesson));
}

}  // namespace

std::span<const std::string_view> lesson_names() {
    return names;
}

const Lesson& lesson_of(std::string_view name) {
    static const std::vector<Lesson> all = [] {
        std::vector<Lesson> parsed;
        parsed.reserve(names.size());
        for (const std::string_view each : names)
            parsed.push_back(std::move(parse(each, lessons::file(fmt::format("{}.md", each))).value()));
        return parsed;
    }();
    const auto* const found = std::ranges::find(names, name);
    assert(found != names.end());
    return all[static_cast<std::size_t>(found - names.begin())];
}

Result<OpenLesson> OpenLesson::open(std::string_view name_or_file) {
    auto document = Document::open(name_or_file, lessons::file);
    if (!document)
        return fail(fmt::format("{}; the lessons that come with Loopscope are: {}", document.error().message,
                                fmt::join(names, ", ")),
                    document.error().code);
    LOOPSCOPE_TRY(player, player_of(*document));
    return OpenLesson(std::move(*document), std::move(player));
}

Result<bool> OpenLesson::poll(session::Session& session) {
    if (!document_.poll()) return false;
    LOOPSCOPE_TRY(edited, player_of(document_));
    player_.replace(std::move(edited), session);
    return true;
}

}  // namespace loopscope::lesson
