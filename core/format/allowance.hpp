#pragma once

#include <algorithm>
#include <cstdint>

#include "core/trace/limits.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::format {

/// How much a file may unfold to, in proportion to the bytes that it stores: files come from strangers, and
/// compression lets a small one say what takes gigabytes or minutes to read. Chunks of
/// chunk_events stay below 800 events a byte whatever is in them, and texts shrink to a fifth or a tenth.
class Allowance {
  public:
    // What any file may hold, and what it may hold beside that for each stored byte.
    static constexpr std::uint64_t free_events = std::uint64_t{1} << 22;
    static constexpr std::uint64_t events_per_byte = 1000;
    static constexpr std::uint64_t free_text = std::uint64_t{1} << 24;
    static constexpr std::uint64_t text_per_byte = 16;
    static constexpr std::uint64_t text_per_later_byte = 64;  ///< of a file of more than 1 MB, beyond that

    static constexpr std::uint64_t small_file = 1'000'000;
    // Memory for tasks, variables, and what waits at once: of a file of more than 1 MB, more for each byte.
    static constexpr std::uint64_t free_memory = 160'000'000;
    static constexpr std::uint64_t memory_per_byte = 4000;
    static constexpr std::uint64_t free_steps = 250'000'000;

    /// What a string, a mark or a line takes beside its bytes.
    static constexpr std::uint64_t text_overhead = 64;
    /// Most bytes of all texts together.
    static constexpr std::uint64_t max_text = std::uint64_t{1} << 30;
    static constexpr std::uint64_t max_names = std::uint64_t{1} << 16;
    static constexpr std::uint64_t max_notes = std::uint64_t{1} << 20;
    static constexpr std::uint64_t max_source = std::uint64_t{1} << 22;
    static constexpr std::uint64_t max_source_lines = 100'000;
    static constexpr std::uint64_t max_listings = 10'000;
    static constexpr std::uint64_t max_parameters = 1000;
    static constexpr std::uint64_t max_marks = 10'000;
    /// Most bytes of chunks that are passed over, and most chunks: a pipe may have no end.
    static constexpr std::uint64_t max_passed = std::uint64_t{1} << 30;
    static constexpr std::uint32_t max_chunks = 1U << 24;

    /// `max_events`: most events of the file, for tests.
    explicit Allowance(std::uint64_t max_events = trace::max_stored_events) : max_events_(max_events) {}

    /// Tells how many bytes there are up to here, and in the whole file; 0: not known.
    void stored(std::uint64_t bytes, std::uint64_t whole) {
        here_ = bytes;
        stored_ = std::max(bytes, whole);
    }

    /// Returns whether a chunk may unfold to so many bytes, of a file that has `stored` bytes.
    static bool holds_chunk(std::uint64_t raw, std::uint64_t stored) { return raw <= text_of(stored); }
    /// Returns how much there is room for of what takes more memory or time than its events.
    [[nodiscard]] trace::Room room() const {
        return {free_memory + memory_per_byte * beyond_small(stored_), free_steps};
    }
    [[nodiscard]] std::uint64_t max_events() const { return max_events_; }
    /// Returns whether so many events are not too many for the bytes up to here.
    [[nodiscard]] bool holds_events(std::uint64_t count) const {
        return count <= free_events + events_per_byte * here_;
    }
    /// Takes up room for texts. Returns whether there was enough.
    bool take_text(std::uint64_t bytes) {
        text_ += bytes;
        return text_ <= std::min(max_text, text_of(stored_));
    }
    /// Takes up room for a chunk that is passed over. Returns whether there was enough.
    bool take_passed(std::uint64_t bytes) {
        passed_ += bytes;
        return passed_ <= max_passed;
    }

  private:
    static constexpr std::uint64_t beyond_small(std::uint64_t stored) {
        return stored - std::min(stored, small_file);
    }
    /// How many bytes of text there is room for in so many.
    static constexpr std::uint64_t text_of(std::uint64_t stored) {
        return free_text + text_per_byte * std::min(stored, small_file) +
               text_per_later_byte * beyond_small(stored);
    }

    std::uint64_t max_events_;
    std::uint64_t here_ = 0;
    std::uint64_t stored_ = 0;
    std::uint64_t text_ = 0;
    std::uint64_t passed_ = 0;
};

}  // namespace loopscope::format
