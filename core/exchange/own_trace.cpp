// SPDX-License-Identifier: MIT
#include "core/exchange/own_trace.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/base/number.hpp"
#include "core/exchange/own_strings.hpp"
#include "core/format/allowance.hpp"
#include "core/trace/kinds.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::exchange {
namespace {

using trace::Event;
using trace::Kind;

/// The maximum length of what a sentence shows of a line, in bytes.
constexpr std::size_t max_shown = 60;

}  // namespace

void OwnTrace::take(std::string_view name, std::string_view text) {
    bytes_ += name.size() + text.size();
    if (name == own_events_argument)
        take_events(text);
    else if (name == own_format_argument && text.starts_with(own_process))
        format_ = text;
    else if (name == own_count_argument)
        count_ = number_of<std::uint64_t>(text).value_or(0);
    else if (name == own_tracks_argument)
        has_tracks_ = true;
    else if (name == own_order_argument)
        string_order_ = text;
    else if (name.starts_with(own_string_argument))
        unnamed_.emplace_back(number_of<std::uint32_t>(name.substr(own_string_argument.size())).value_or(0),
                              strings_.intern(text));
    else
        take_own_argument(info_, name, text);
}

void OwnTrace::take_events(std::string_view lines) {
    while (!lines.empty() && wrong_.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const auto read = read_words(line, strings_);
        if (!read || events_.size() >= trace::max_stored_events) {
            wrong_ = fmt::format("{} is no event", quoted_field(line.substr(0, max_shown)));
            return;
        }
        next_ = read->index.value_or(next_);
        events_.push_back({static_cast<std::uint32_t>(next_++), 0, read->later, read->event});
    }
}

/// Puts the events in order. Returns what is wrong with them.
std::string OwnTrace::order() {
    if (format_ != own_format)
        return fmt::format("its format is {}, which this Loopscope does not know", quoted_field(format_));
    if (!wrong_.empty()) return wrong_;
    const auto before = [](const Worded& left, const Worded& right) { return left.index < right.index; };
    if (!std::ranges::is_sorted(events_, before)) std::ranges::stable_sort(events_, before);
    for (std::size_t at = 0; at < events_.size(); ++at) {
        if (events_[at].index != at)
            return fmt::format("event {} is {}", std::min<std::size_t>(at, events_[at].index),
                               events_[at].index > at ? "missing" : "there twice");
    }
    if (events_.size() != count_ || events_.empty())
        return fmt::format("it has {} of {} events", events_.size(), count_);
    return {};
}

/// Sets the times of the events. Returns whether all are such as events can have.
bool OwnTrace::set_times() {
    Time clock{0};
    Time now{0};
    for (Worded& each : events_) {
        if (each.later > trace::max_time - now) return false;
        now += each.later;
        if (each.event.kind() == Kind::clock) clock = trace::clock_time(each.event);
        if (clock < Time(0) || clock > now || now - clock >= Duration(Event::since_limit)) return false;
        each.event.head |= static_cast<std::uint32_t>((now - clock).count()) << 8;
    }
    return true;
}

/// Returns what the checker says is wrong.
std::string OwnTrace::check() const {
    format::Allowance allowance;
    allowance.stored(bytes_, bytes_);
    trace::Checker checker;
    checker.allow(allowance.room());
    if (!info_.schedule.empty()) checker.allow_any_order();
    const auto strings = static_cast<std::uint32_t>(strings_.size());
    for (const Worded& each : events_) {
        if (auto checked = checker.check(each.event, strings); !checked) return checked.error().message;
    }
    return {};
}

/// Returns the strings in the order in which events first name them.
std::vector<std::uint32_t> OwnTrace::named_strings() const {
    std::vector<std::uint32_t> named;
    std::vector<bool> known(strings_.size() + 1);
    for (const Worded& each : events_) {
        each_string(each.event, [&](std::uint32_t string) {
            if (!known[string]) named.push_back(string);
            known[string] = true;
        });
    }
    return named;
}

/// Adds the strings to a log as they were numbered in the trace. Returns whether the file says that rightly;
/// if not, nothing was added.
bool OwnTrace::intern_in_order(trace::Log& log, const std::vector<std::uint32_t>& named) const {
    const auto numbers = numbers_of(string_order_, named.size());
    if (!numbers || numbers->size() != named.size()) return false;
    std::vector<std::uint32_t> strings(named.size() + unnamed_.size() + 1);
    const auto put = [&](std::uint32_t number, std::uint32_t string) {
        if (number == 0 || number >= strings.size() || strings[number] != 0) return false;
        strings[number] = string;
        return true;
    };
    for (std::size_t each = 0; each < named.size(); ++each) {
        if (!put((*numbers)[each], named[each])) return false;
    }
    for (const auto& [number, string] : unnamed_) {
        if (!put(number, string.value)) return false;
    }
    for (std::size_t number = 1; number < strings.size(); ++number)
        (void)log.intern(strings_[StringId{strings[number]}]);
    return true;
}

/// Adds all strings to a log, and gives the events the numbers that these have there.
void OwnTrace::number_strings(trace::Log& log) {
    const std::vector<std::uint32_t> named = named_strings();
    if (!string_order_.empty()) (void)intern_in_order(log, named);
    std::vector<std::uint32_t> numbers(strings_.size() + 1);
    for (const std::uint32_t string : named) numbers[string] = log.intern(strings_[StringId{string}]).value;
    for (Worded& each : events_)
        each_string(each.event, [&](std::uint32_t& string) { string = numbers[string]; });
}

std::string not_restored(std::string_view name, std::string_view why) {
    return fmt::format("'{}' was written by Loopscope, but is shown as any other trace: {}", name, why);
}

std::string OwnTrace::restore(trace::Log& log, format::Info& info) {
    std::string wrong = order();
    if (wrong.empty() && !set_times()) wrong = "its times are out of range";
    if (wrong.empty()) wrong = check();
    if (!wrong.empty()) return wrong;
    number_strings(log);
    for (const Worded& each : events_) log.append(each.event);
    std::erase_if(info_.marks, [&](const trace::Mark& mark) { return mark.event >= log.end_index(); });
    info = std::move(info_);
    return {};
}

}  // namespace loopscope::exchange
