// SPDX-License-Identifier: MIT
#include "core/trace/passed_over.hpp"

#include <vector>

#include <fmt/format.h>

namespace loopscope::trace {
namespace {

/// Returns numbers in words: "128", "128 and 130", "128, 129 and 130".
std::string list_of(const std::vector<std::size_t>& numbers) {
    std::string list;
    for (std::size_t each = 0; each < numbers.size(); ++each) {
        const std::string_view before = each == 0 ? "" : each + 1 < numbers.size() ? ", " : " and ";
        list += fmt::format("{}{}", before, numbers[each]);
    }
    return list;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace

std::string PassedOver::sentence() const {
    std::uint64_t count = 0;
    std::vector<std::size_t> kinds;
    for (std::size_t each = 0; each < events_.size(); ++each) {
        count += events_[each];
        if (events_[each] != 0) kinds.push_back(first_ignorable + each);
    }
    std::string what;
    if (count != 0)
        what = fmt::format("{} of {} {}", counted(count, "event", "events"),
                           kinds.size() == 1 ? "kind" : "kinds", list_of(kinds));
    if (tags_ != 0)
        what += fmt::format(
            "{}{}", what.empty() ? "" : " and ",
            counted(tags_, "word for a wait, a callback or a name", "words for waits, callbacks or names"));
    if (what.empty()) return {};
    return fmt::format("{} passed over, which only a newer Loopscope knows",
                       what + (count + tags_ == 1 ? " was" : " were"));
}

}  // namespace loopscope::trace
