// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/trace/limits.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::format {

/// The limits of what a file may decompress to, in proportion to the bytes that it stores: files come from
/// strangers, and a small compressed file can hold what takes gigabytes or minutes to read. Chunks of
/// chunk_events events hold fewer than 800 events a byte whatever is in them, and compression makes texts
/// five to ten times smaller.
class Allowance {
  public:
    // The limits of any file, and what a file may hold beyond them for each stored byte.
    static constexpr std::uint64_t free_events = std::uint64_t{1} << 22;
    static constexpr std::uint64_t events_per_byte = 1000;
    static constexpr std::uint64_t free_text = std::uint64_t{1} << 24;
    static constexpr std::uint64_t text_per_byte = 16;
    static constexpr std::uint64_t text_per_later_byte = 64;  ///< for each byte beyond small_file

    static constexpr std::uint64_t small_file = 1'000'000;
    // The bytes of memory for tasks, variables, and what waits at once, and the bytes more for each stored
    // byte beyond small_file.
    static constexpr std::uint64_t free_memory = 160'000'000;
    static constexpr std::uint64_t memory_per_byte = 4000;
    static constexpr std::uint64_t free_steps = 250'000'000;

    /// The bytes that a string, a mark or a line of source takes beside its text.
    static constexpr std::uint64_t text_overhead = 64;
    /// The maximum number of bytes of all texts together.
    static constexpr std::uint64_t max_text = std::uint64_t{1} << 30;
    static constexpr std::uint64_t max_names = std::uint64_t{1} << 16;
    static constexpr std::uint64_t max_notes = std::uint64_t{1} << 20;
    static constexpr std::uint64_t max_source = std::uint64_t{1} << 22;
    static constexpr std::uint64_t max_source_lines = 100'000;
    static constexpr std::uint64_t max_listings = 10'000;
    static constexpr std::uint64_t max_parameters = 1000;
    static constexpr std::uint64_t max_marks = 10'000;
    /// The maximum number of bytes of chunks that are passed over, and the maximum number of chunks: a pipe
    /// may have no end.
    static constexpr std::uint64_t max_passed = std::uint64_t{1} << 30;
    static constexpr std::uint32_t max_chunks = 1U << 24;

    /// Makes the allowance of a file that may have at most `max_events` events; tests choose a smaller
    /// number.
    explicit Allowance(std::uint64_t max_events = trace::max_stored_events) : max_events_(max_events) {}

    /// Sets how many bytes of the file were read so far, and how many it has; 0: not known.
    void stored(std::uint64_t bytes, std::uint64_t whole) {
        here_ = bytes;
        stored_ = std::max(bytes, whole);
    }

    /// Returns whether a chunk may decompress to `raw` bytes, in a file that has `stored` bytes.
    static bool holds_chunk(std::uint64_t raw, std::uint64_t stored) { return raw <= text_of(stored); }
    /// Returns the limits for what takes more memory or time than its events do.
    [[nodiscard]] trace::Room room() const {
        return {free_memory + memory_per_byte * beyond_small(stored_), free_steps};
    }
    /// Returns the maximum number of events of the file.
    [[nodiscard]] std::uint64_t max_events() const { return max_events_; }
    /// Returns whether the bytes that were read so far may hold `count` events.
    [[nodiscard]] bool holds_events(std::uint64_t count) const {
        return count <= free_events + events_per_byte * here_;
    }
    /// Counts `bytes` more bytes of text. Returns whether the file may hold as many.
    bool take_text(std::uint64_t bytes) {
        text_ += bytes;
        return text_ <= std::min(max_text, text_of(stored_));
    }
    /// Counts `bytes` more bytes of chunks that are passed over. Returns whether the file may hold as many.
    bool take_passed(std::uint64_t bytes) {
        passed_ += bytes;
        return passed_ <= max_passed;
    }

    /// Returns how many bytes of text a file of `stored` bytes may hold.
    static constexpr std::uint64_t text_of(std::uint64_t stored) {
        return free_text + text_per_byte * std::min(stored, small_file) +
               text_per_later_byte * beyond_small(stored);
    }
    /// Returns how many bytes a file has to store at least so that it may hold so many bytes of text.
    static constexpr std::uint64_t stored_for(std::uint64_t text) {
        const std::uint64_t beyond = text - std::min(text, free_text);
        const std::uint64_t small = (beyond + text_per_byte - 1) / text_per_byte;
        if (small <= small_file) return small;
        return small_file +
               (beyond - text_per_byte * small_file + text_per_later_byte - 1) / text_per_later_byte;
    }

  private:
    static constexpr std::uint64_t beyond_small(std::uint64_t stored) {
        return stored - std::min(stored, small_file);
    }

    std::uint64_t max_events_;
    std::uint64_t here_ = 0;
    std::uint64_t stored_ = 0;
    std::uint64_t text_ = 0;
    std::uint64_t passed_ = 0;
};

}  // namespace loopscope::format
