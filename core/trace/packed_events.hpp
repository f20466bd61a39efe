// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/spill.hpp"
#include "core/trace/event.hpp"

namespace loopscope::trace {

/// Up to 2^16 of a trace's events in a fraction of their memory. Each event is found without unpacking
/// others.
///
/// Events of one kind are alike, and their fields regular. So each field of each kind is a column of numbers
/// in frames (NumberFrame). The kinds of 128 events, a group, are kept as bits, in as many planes as there
/// are bits in the number of kinds. How many events of each kind come before a group, with the bits of the
/// event's own kind that come before its own, says at which place of its kind's columns an event is (a rank
/// over bit vectors: G. Jacobson, Space-efficient static trees and graphs, 1989). Times change seldom from
/// one event to the next, so a plane says where, and a column has those that are new.
///
/// Immutable, so any number of threads may read.
class PackedEvents {
  public:
    /// The number of events whose kinds are found together; a trace is packed in multiples of it.
    static constexpr std::uint32_t group_size = 128;
    static constexpr std::uint32_t max_size = 1u << 16;

    /// Packs events, of which the first has the index `first`. REQUIRES: a multiple of `group_size`, at least
    /// one, and at most `max_size`.
    PackedEvents(std::span<const Event> events, EventIndex first);

    /// Has the words be kept there from now on, which has to live as long as this. REQUIRES: nobody reads.
    void keep_in(Spill& spill);

    /// Returns the event at a place.
    [[nodiscard]] Event operator[](std::uint32_t place) const;
    /// Writes the events from a place on to `events`. REQUIRES: there are so many.
    void copy(std::uint32_t place, std::span<Event> events) const;
    /// Returns the place of the last event of a kind up to and including `place`; none: there is none.
    [[nodiscard]] std::optional<std::uint32_t> last_of(Kind kind, std::uint32_t place) const;

    /// Returns how much memory the events take, in bytes, wherever they are kept.
    [[nodiscard]] std::size_t bytes() const;

  private:
    class Packer;
    class Copier;

    void copy_many(std::uint32_t place, std::span<Event> events) const;

    /// A column: the numbers that one field has in the events of a kind, in order.
    struct Column {
        enum class Way : std::uint8_t {
            same,    ///< all are `base`
            plain,   ///< as they are
            back,    ///< how far each is before its own event, as an event's index
            listed,  ///< there are few different ones: each one's place in a list of them
        };

        Way way = Way::same;
        std::uint32_t base = 0;
        std::uint32_t list = 0;    // where the list is, in words
        std::uint32_t frames = 0;  // where the frames are; offsets of their bits begin there as well
    };
    struct Kinds {
        std::uint32_t kind = 0;
        Column subject, a, b;
    };
    using Bits = std::array<std::uint64_t, group_size / 64>;

    // A group, in words: how many new times come before it, which of its events have a new time, the ranks of
    // the kinds, two in a word, and the planes of the kinds' numbers.
    [[nodiscard]] const std::uint32_t* group(std::uint32_t number) const {
        return words_ + std::size_t{number} * group_words_;
    }
    static constexpr std::uint32_t bits_words = group_size / 32;
    static constexpr std::uint32_t times_at = 1;
    static constexpr std::uint32_t ranks_at = times_at + bits_words;
    [[nodiscard]] std::uint32_t planes_at() const { return ranks_at + (kind_count() + 1) / 2; }
    [[nodiscard]] std::uint32_t kind_count() const { return static_cast<std::uint32_t>(kinds_.size()); }

    static Bits bits_at(const std::uint32_t* words);
    [[nodiscard]] std::uint32_t number(const Column& column, std::uint32_t place, EventIndex event) const;
    [[nodiscard]] std::uint32_t framed(std::uint32_t frames, std::uint32_t place) const;
    /// Returns the number of the kind of the event at a place of a group.
    [[nodiscard]] std::uint32_t kind_of(const std::uint32_t* group, std::uint32_t inside) const;
    /// Returns which of a group's events are of the kind with a number.
    [[nodiscard]] Bits bits_of(const std::uint32_t* group, std::uint32_t kind) const;
    /// Returns how many events of the kind with a number come before a group.
    static std::uint32_t rank_of(const std::uint32_t* group, std::uint32_t kind) {
        return group[ranks_at + kind / 2] >> kind % 2 * 16 & 0xffff;
    }
    /// Returns how many events of the kind with a number come before a place of a group.
    [[nodiscard]] std::uint32_t rank_in(const std::uint32_t* group, std::uint32_t kind,
                                        std::uint32_t inside) const;
    /// Returns how many new times come before a place of a group.
    [[nodiscard]] static std::uint32_t time_rank(const std::uint32_t* group, std::uint32_t inside);
    /// Returns how many events there are of the kind with a number, and how many new times.
    [[nodiscard]] std::uint32_t count_of(std::uint32_t kind) const;
    [[nodiscard]] std::uint32_t time_count() const;
    [[nodiscard]] Event event(std::uint32_t kind, std::uint32_t place, EventIndex index,
                              std::uint32_t time) const;

    EventIndex first_;
    std::uint32_t groups_ = 0;
    std::uint32_t plane_count_ = 0;
    std::uint32_t group_words_ = 0;
    std::uint32_t times_ = 0;               // where the frames of the new times are
    std::vector<Kinds> kinds_;              // in the order of their first events, which numbers them
    const std::uint32_t* words_ = nullptr;  // groups, then columns: those of own_, or what a spill keeps
    std::size_t word_count_ = 0;
    std::vector<std::uint32_t> own_;
};

}  // namespace loopscope::trace
