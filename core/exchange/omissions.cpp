// SPDX-License-Identifier: MIT
#include "core/exchange/omissions.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"

namespace loopscope::exchange {
namespace {

/// The maximum number of kinds that a sentence lists.
constexpr std::size_t max_listed = 5;

}  // namespace

std::string Omission::line() const {
    return fmt::format("{:>8} {}, the first at byte {}", count, what, first);
}

void Omissions::add(std::string_view noun, std::string_view what, std::uint64_t at, bool record) {
    if (record) ++records_;
    auto known = kinds_.find(Words(what, noun));
    if (known == kinds_.end()) {
        std::string told = kinds_.size() >= max_kinds ? "of further kinds" : excerpt(what);
        known = kinds_.try_emplace({std::move(told), std::string(noun)}, Kind{0, at, record}).first;
    }
    ++known->second.count;
    known->second.first = std::min(known->second.first, at);
}

std::vector<Omission> Omissions::all() const {
    std::vector<Omission> kinds;
    kinds.reserve(kinds_.size());
    for (const auto& [key, kind] : kinds_)
        kinds.push_back({fmt::format("{}{} {}", key.noun, kind.count == 1 ? "" : "s", key.what), kind.count,
                         kind.first, kind.record});
    std::ranges::stable_sort(kinds, std::greater<>(), &Omission::count);
    return kinds;
}

std::string Omissions::sentence(std::uint64_t of) const {
    const std::vector<Omission> kinds = all();
    std::string listed;
    std::string noted;
    std::size_t left = max_listed;
    for (const Omission& each : kinds) {
        if (left == 0) break;
        --left;
        std::string& part = each.record ? listed : noted;
        part += fmt::format("{}{} {}", part.empty() ? "" : ", ", each.count, each.what);
    }
    std::string text;
    if (records_ > 0)
        text = fmt::format("{} of {} records {} passed over{}", records_, of, records_ == 1 ? "was" : "were",
                           listed.empty() ? "" : " (" + listed + ")");
    if (!noted.empty()) text += fmt::format("{}{}", text.empty() ? "" : "; ", noted);
    if (kinds.size() > max_listed)
        text += fmt::format("; --passed-over lists these and {} more kinds", kinds.size() - max_listed);
    return text;
}

}  // namespace loopscope::exchange
