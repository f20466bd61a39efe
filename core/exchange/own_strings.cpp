// SPDX-License-Identifier: MIT
#include "core/exchange/own_strings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/number.hpp"

namespace loopscope::exchange {
namespace {

void append_run(std::string& text, std::uint32_t first, std::uint32_t last) {
    if (!text.empty()) text += ' ';
    text += first == last ? fmt::format("{}", first) : fmt::format("{}-{}", first, last);
}

}  // namespace

StringOrder string_order(const trace::Log& log) {
    StringOrder order;
    const auto count = static_cast<std::uint32_t>(log.strings().size());
    std::vector<bool> named(count + 1);
    std::uint32_t first = 0;  // of the run under way; 0: there is none
    std::uint32_t last = 0;
    const auto note = [&](std::uint32_t string) {
        if (named[string]) return;
        named[string] = true;
        if (first != 0 && string != last + 1) append_run(order.numbers, first, last);
        if (first == 0 || string != last + 1) first = string;
        last = string;
    };
    log.each_piece({}, log.end_index(), [&](EventIndex, std::span<const trace::Event> events) {
        for (const trace::Event& event : events) each_string(event, note);
    });
    const bool is_plain = order.numbers.empty() && first <= 1 && last == count;
    if (first != 0 && !is_plain) append_run(order.numbers, first, last);
    for (std::uint32_t string = 1; string <= count; ++string) {
        if (!named[string]) order.unnamed.push_back(string);
    }
    return order;
}

std::optional<std::vector<std::uint32_t>> numbers_of(std::string_view text, std::size_t limit) {
    std::vector<std::uint32_t> numbers;
    while (!text.empty()) {
        const std::string_view run = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(run.size() + 1, text.size()));
        const std::size_t dash = std::min(run.find('-'), run.size());
        const auto first = number_of<std::uint32_t>(run.substr(0, dash));
        const auto last = dash == run.size() ? first : number_of<std::uint32_t>(run.substr(dash + 1));
        if (!first || !last || *last < *first || *last - *first >= limit - numbers.size())
            return std::nullopt;
        for (std::uint32_t each = *first; each <= *last; ++each) numbers.push_back(each);
    }
    return numbers;
}

}  // namespace loopscope::exchange
