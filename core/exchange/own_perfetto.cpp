// SPDX-License-Identifier: MIT
#include "core/exchange/own_perfetto.hpp"

#include <algorithm>
#include <array>

#include "core/exchange/activity.hpp"

namespace loopscope::exchange {
namespace {

/// The sequence of all packets that Loopscope writes.
constexpr std::uint32_t own_sequence = 1;

bool is_own_category(std::string_view name) {
    using Slices = Slice::Kind;
    using Instants = Instant::Kind;
    return std::ranges::any_of(std::array{Slices::step, Slices::callback, Slices::wait, Slices::ready},
                               [&](Slices kind) { return category(kind) == name; }) ||
           std::ranges::any_of(std::array{Instants::loop, Instants::print, Instants::events},
                               [&](Instants kind) { return category(kind) == name; });
}

}  // namespace

void OwnPerfetto::take_event(std::uint32_t sequence, std::string_view category) {
    if (!trace_.is_own() || trace_.has_tracks()) return;
    has_others_ = has_others_ || sequence != own_sequence || !is_own_category(category);
}

std::shared_ptr<trace::Log> OwnPerfetto::restore(const std::string& name, format::Info& info,
                                                 std::string& missing) {
    auto log = std::make_shared<trace::Log>();
    const std::string wrong = has_others_ ? "there are events of other programs" : trace_.restore(*log, info);
    if (wrong.empty()) return log;
    missing = not_restored(name, wrong);
    return nullptr;
}

}  // namespace loopscope::exchange
