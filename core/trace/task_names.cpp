// SPDX-License-Identifier: MIT
#include "core/trace/task_names.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/trace/log.hpp"

namespace loopscope::trace {
namespace {

constexpr std::string_view locals = "<locals>";
/// The maximum length of a name that is shortened, in bytes: one that is longer is no qualified name.
constexpr std::size_t max_qualified = 256;

/// Returns whether a text can be a qualified name: identifiers, `<locals>` and `<lambda>`, with dots between.
bool is_qualified(std::string_view text) {
    if (text.empty() || text.size() > max_qualified) return false;
    return std::ranges::all_of(text, [](char each) {
        const bool is_letter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
        const bool is_other = each == '_' || each == '.' || each == '<' || each == '>';
        return is_letter || is_other || (each >= '0' && each <= '9') ||
               (static_cast<unsigned char>(each) >= 0x80);
    });
}

/// Returns where the part before the one at `begin` begins; `<locals>` counts with what is before it.
std::size_t part_before(std::string_view text, std::size_t begin) {
    while (begin > 1) {
        const std::size_t end = begin - 1;  // of the part, at its dot
        const std::size_t dot = text.rfind('.', end - 1);
        const std::size_t first = dot == std::string_view::npos || end == 0 ? 0 : dot + 1;
        if (text.substr(first, end - first) != locals) return first;
        begin = first;
    }
    return 0;
}

/// Returns where the shortest end begins that a name is shown by.
std::size_t shortest_end(std::string_view text) {
    const std::size_t last = part_before(text, text.size() + 1);
    const bool is_function =
        last == 0 || (last > locals.size() && text.substr(0, last - 1).ends_with(locals));
    return is_function ? last : part_before(text, last);
}

}  // namespace

void TaskNames::learn(const Log& log, StringId coroutine) {
    if (!begins_.try_emplace(coroutine).second) return;
    const std::string_view text = log.strings()[coroutine];
    if (is_qualified(text)) claim(log, coroutine, shortest_end(text));
}

void TaskNames::claim(const Log& log, StringId name, std::size_t begin) {
    std::vector<std::pair<StringId, std::size_t>> claims{{name, begin}};
    while (!claims.empty()) {
        const auto [claimer, from] = claims.back();
        claims.pop_back();
        const std::string_view text = log.strings()[claimer];
        begins_[claimer] = static_cast<std::uint32_t>(from);
        const auto [end, is_first] = ends_.try_emplace(text.substr(from), claimer);
        if (is_first) continue;
        const StringId other = std::exchange(end->second, StringId{});
        // One of the two may have this end in full, and nothing longer.
        if (from != 0) claims.emplace_back(claimer, part_before(text, from));
        if (other && begins_[other] != 0)
            claims.emplace_back(other, part_before(log.strings()[other], begins_[other]));
    }
}

std::size_t TaskNames::useful_end(StringId name) const {
    const auto begin = begins_.find(name);
    return begin == begins_.end() ? 0 : begin->second;
}

}  // namespace loopscope::trace
