// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdlib>
#include <span>
#include <string>

#include <fmt/format.h>

#include "core/base/result.hpp"

namespace loopscope::fuzz {

/// How long the next piece of the input is: some of a few bytes, some of many, as its own bytes say.
inline std::size_t piece_size(std::span<const std::byte> rest) {
    const auto byte = static_cast<std::size_t>(rest[rest.size() / 2]);
    const std::size_t wanted = byte % 4 == 0 ? 1 + byte / 4 * 61 : 1 + byte / 16;
    return wanted < rest.size() ? wanted : rest.size();
}

/// Pushes the input to a reader in pieces that it chooses itself, and returns what the reader made of it.
template <class Reader>
auto read_in_pieces(Reader&& reader, std::span<const std::byte> input) -> decltype(reader.finish()) {
    while (!input.empty() && reader.wants_more()) {
        const std::size_t size = piece_size(input);
        if (auto pushed = reader.push(input.first(size)); !pushed) return tl::unexpected(pushed.error());
        input = input.subspan(size);
    }
    return reader.finish();
}

/// Pushes the input to a reader in one piece, and returns what the reader made of it.
template <class Reader>
auto read_at_once(Reader&& reader, std::span<const std::byte> input) -> decltype(reader.finish()) {
    if (auto pushed = reader.push(input); !pushed) return tl::unexpected(pushed.error());
    return reader.finish();
}

/// Ends the process and says why, for the one who looks at what the fuzzer found.
[[noreturn]] inline void differ(const std::string& one, const std::string& other) {
    fmt::print(stderr, "read in pieces: {}\nread at once:   {}\n", one, other);
    std::abort();
}

/// Returns what a reader made of an input, but for the events, in words.
template <class Read>
std::string words_of(const Result<Read>& read) {
    if (!read) return fmt::format("failed: {}", read.error().message);
    return fmt::format("{} events of '{}'; missing: '{}'", read->log->size(), read->info.program,
                       read->missing);
}

/// Checks that two ways to read the same made the same of it: a trace as long, or the same sentence.
template <class Read>
void expect_same(const Result<Read>& one, const Result<Read>& other) {
    if (words_of(one) != words_of(other)) differ(words_of(one), words_of(other));
    if (!one) return;
    if (one->info != other->info) differ("another info", words_of(other));
    for (EventIndex at; at < one->log->end_index(); ++at) {
        if (!((*one->log)[at] == (*other->log)[at]))
            differ(fmt::format("another event {}", at.value), words_of(other));
    }
}

}  // namespace loopscope::fuzz
