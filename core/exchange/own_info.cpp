// SPDX-License-Identifier: MIT
#include "core/exchange/own_info.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/number.hpp"
#include "core/exchange/imported.hpp"
#include "core/exchange/own_strings.hpp"
#include "core/format/allowance.hpp"

namespace loopscope::exchange {
namespace {

using format::Allowance;

constexpr std::string_view parameter = "parameter ";
constexpr std::string_view mark = "mark ";
constexpr std::string_view listing = "listing ";

bool is_listing(std::string_view text) {
    return text.size() <= Allowance::max_source &&
           static_cast<std::uint64_t>(std::ranges::count(text, '\n')) <= Allowance::max_source_lines;
}

/// Takes one of those arguments of which there may be many. Returns whether it is one.
bool take_numbered(format::Info& info, std::string_view name, std::string_view text) {
    if (name.starts_with(parameter)) {
        if (info.parameters.size() == Allowance::max_parameters || text.size() > Allowance::max_names)
            return false;
        info.parameters.emplace_back(name.substr(parameter.size()), text);
        return true;
    }
    if (name.starts_with(mark)) {
        const auto event = number_of<std::uint32_t>(name.substr(mark.size()));
        if (!event || info.marks.size() == Allowance::max_marks) return false;
        info.marks.push_back({EventIndex{*event}, std::string(text)});
        return true;
    }
    if (!name.starts_with(listing)) return false;
    const auto file = number_of<std::uint32_t>(name.substr(listing.size()));
    if (!file || *file < 2 || *file > trace::max_files || !is_listing(text)) return false;
    if (info.listings.size() == Allowance::max_listings) return false;
    info.listings.push_back({*file, std::string(text)});
    return true;
}

}  // namespace

OwnArguments own_arguments(const trace::Log& log, const format::Info& info) {
    OwnArguments all;
    const auto add = [&](std::string name, const std::string& text) {
        if (!text.empty()) all.emplace_back(std::move(name), text);
    };
    add(std::string(own_format_argument), std::string(own_format));
    add(std::string(own_count_argument), fmt::format("{}", log.size()));
    if (has_tracks(log)) add(std::string(own_tracks_argument), "yes");
    const StringOrder order = string_order(log);
    add(std::string(own_order_argument), order.numbers);
    for (const std::uint32_t string : order.unnamed)
        add(fmt::format("{}{}", own_string_argument, string), std::string(log.strings()[StringId{string}]));
    add("program", info.program);
    for (const auto& [name, value] : info.parameters) all.emplace_back(std::string(parameter) + name, value);
    add("schedule", info.schedule);
    add("origin", info.origin);
    add("notes", info.notes);
    for (const trace::Mark& each : info.marks)
        all.emplace_back(fmt::format("{}{}", mark, each.event.value), each.text);
    add("source file", info.source_file);
    add("source", info.source);
    for (const format::Listing& each : info.listings) add(fmt::format("{}{}", listing, each.file), each.text);
    return all;
}

bool take_own_argument(format::Info& info, std::string_view name, std::string_view text) {
    const auto take = [&](std::string& place, std::uint64_t limit) {
        if (text.size() > limit) return false;
        place = text;
        return true;
    };
    if (name == "program") return take(info.program, Allowance::max_names);
    if (name == "schedule") return take(info.schedule, Allowance::max_source);
    if (name == "origin") return take(info.origin, Allowance::max_names);
    if (name == "notes") return take(info.notes, Allowance::max_notes);
    if (name == "source file") return take(info.source_file, Allowance::max_names);
    if (name == "source") return is_listing(text) && take(info.source, Allowance::max_source);
    return take_numbered(info, name, text);
}

}  // namespace loopscope::exchange
