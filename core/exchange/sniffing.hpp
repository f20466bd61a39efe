// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

#include "core/exchange/json_kind.hpp"
#include "core/exchange/readers.hpp"

/// What tells formats apart.
namespace loopscope::exchange {

/// Returns whether a text begins like another one, as far as it goes.
inline Match begins_like(std::string_view text, std::string_view beginning) {
    const std::string_view both = text.substr(0, beginning.size());
    if (both != beginning.substr(0, both.size())) return Match::no;
    return both.size() == beginning.size() ? Match::yes : Match::maybe;
}

/// Returns whether a text has another one at a place, as far as it goes.
inline Match has_at(std::string_view text, std::size_t place, std::string_view there) {
    return text.size() <= place ? Match::maybe : begins_like(text.substr(place), there);
}

/// Returns the better one of two matches, for formats that begin in several ways.
inline Match either(Match one, Match other) {
    return one < other ? other : one;
}

/// Returns the worse one of two matches, for formats that two things tell.
inline Match both(Match one, Match other) {
    return one < other ? one : other;
}

/// Returns whether bytes are JSON of a kind.
template <JsonKind Kind>
Match is_json(FirstBytes first) {
    const JsonKind kind = json_kind(first.bytes, first.all);
    if (kind == JsonKind::undecided) return Match::maybe;
    return kind == Kind ? Match::yes : Match::no;
}

}  // namespace loopscope::exchange
