// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loopscope::exchange {

/// Things of one kind in another tool's trace that were passed over, or that are not as they should be.
struct Omission {
    std::string what;         ///< in words, after their number: "records of samples (P)"
    std::uint64_t count = 0;  ///< how many there are
    std::uint64_t first = 0;  ///< where the first one begins, in bytes of the (unpacked) trace
    bool record = false;      ///< each is a record that was passed over

    /// Returns how many there are, of what, and where the first is, as a line of a list.
    [[nodiscard]] std::string line() const;
};

/// What is passed over while a trace of another tool is read, counted by kind. Needs no memory for what comes
/// often, and has a limit for the number of kinds.
class Omissions {
  public:
    /// Counts a record that is passed over. `why` follows the noun: "without a time". `at`: where it begins,
    /// in bytes. `noun`: its singular, of which an s makes the plural.
    void pass_over(std::string_view why, std::uint64_t at, std::string_view noun = "record") {
        add(noun, why, at, true);
    }
    /// Counts something else.
    void note(std::string_view noun, std::string_view what, std::uint64_t at) { add(noun, what, at, false); }

    /// Returns all kinds, the most frequent first.
    [[nodiscard]] std::vector<Omission> all() const;
    /// Returns how many records were passed over.
    [[nodiscard]] std::uint64_t records() const { return records_; }
    /// Returns the kinds in words, as a part of a sentence that calls the first of all `of` records; empty:
    /// nothing was passed over.
    [[nodiscard]] std::string sentence(std::uint64_t of) const;

    /// The maximum number of kinds that are told apart: names in them come from the trace.
    static constexpr std::size_t max_kinds = 200;

  private:
    using Words = std::pair<std::string_view, std::string_view>;  // what follows the noun, and the noun
    struct Key {
        std::string what;
        std::string noun;

        [[nodiscard]] Words words() const { return {what, noun}; }
    };
    /// Finds kinds without a copy of their words: 20 million records may be of one kind.
    struct Less {
        using is_transparent = void;
        bool operator()(const Key& one, const Key& other) const { return one.words() < other.words(); }
        bool operator()(const Key& one, const Words& other) const { return one.words() < other; }
        bool operator()(const Words& one, const Key& other) const { return one < other.words(); }
    };
    struct Kind {
        std::uint64_t count = 0;
        std::uint64_t first = 0;
        bool record = false;
    };
    void add(std::string_view noun, std::string_view what, std::uint64_t at, bool record);

    std::map<Key, Kind, Less> kinds_;
    std::uint64_t records_ = 0;
};

}  // namespace loopscope::exchange
