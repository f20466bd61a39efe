// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/exchange/chrome_record.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A process of another tool's trace.
struct Process {
    std::string id;               ///< as the trace says it
    bool told = false;            ///< the trace says an id, or a name
    StringId name;                ///< none: the trace says none
    StringId labels;              ///< what the process is for, as a browser says of its tabs; none: nothing
    std::int64_t sort_index = 0;  ///< lower ones are shown first
};

/// A lane of another tool's trace: a thread, an asynchronous operation, or a resource of Node's.
struct Lane {
    trace::TrackKind kind = trace::TrackKind::thread;
    std::uint32_t process = 0;    ///< an index; Lanes::no_process: several, or none
    StringId name;                ///< of a thread, as the trace says; of an operation, its outermost slice's
    StringId identity;            ///< its id, as the trace says it; none: it says none
    std::int64_t sort_index = 0;  ///< lower ones are shown first
    std::uint32_t cause = 0;      ///< 1 + the lane that it came of; 0: none
    std::uint32_t group = 0;      ///< of an operation that has several names: the lane of its id
    bool has_spans = false;       ///< slices in one record each
    bool has_begins = false;      ///< slices in two
    bool tangled = false;         ///< its slices do not nest
};

/// The lanes of a trace's records. Lanes and processes are in order of first mention.
///
/// Ids are compared as numbers where they are numbers, so 0x10, 16 and "16" are the same.
class Lanes {
  public:
    explicit Lanes(trace::Log& log) : log_(log) {}

    /// Returns the index of the lane of a thread's record, made at its first record; `limit` if there are
    /// that many lanes already.
    std::uint32_t thread(const ChromeRecord& record);
    /// Returns the lane of an asynchronous record as thread() does. `named`: operations of one id are told
    /// apart by name, as those of S, T, p and F are.
    std::uint32_t operation(const ChromeRecord& record, bool named);
    /// Says that a resource came of the one with an id.
    void set_cause(std::uint32_t lane, const ChromeRecord& record, std::string_view id);
    /// Takes what a metadata record says of a thread or a process. Returns whether it says something that is
    /// shown.
    bool describe(const ChromeRecord& record);
    /// Returns the index of a record's process.
    std::uint32_t process_of(const ChromeRecord& record);
    /// Adds the lane for an operation's slices of another outermost name.
    std::uint32_t add_named(std::uint32_t lane, StringId name, trace::TrackKind kind);

    /// Resolves the causes that were said before their lanes: no more records come.
    void finish();

    /// Returns all lanes and processes, by index.
    [[nodiscard]] std::vector<Lane>& all() { return lanes_; }
    [[nodiscard]] const std::vector<Lane>& all() const { return lanes_; }
    [[nodiscard]] const std::vector<Process>& processes() const { return processes_; }

    /// The maximum number of lanes.
    static constexpr std::uint32_t limit = 1U << 22;
    static constexpr std::uint32_t no_process = ~0U;

    /// Returns whether a record is about a resource of Node's (async_hooks).
    static bool is_resource(const ChromeRecord& record);

  private:
    bool describe_thread(const ChromeRecord& record);
    using Numbers = std::unordered_map<std::string, std::uint32_t>;
    std::uint32_t make(Lane lane);
    void make_key(char kind, const ChromeRecord& record, std::string_view id);
    std::uint32_t find(const ChromeRecord& record, trace::TrackKind kind, std::string_view id);
    std::uint32_t process(std::string_view id, bool told);

    trace::Log& log_;
    std::vector<Lane> lanes_;
    std::vector<Process> processes_;
    Numbers lane_numbers_;
    Numbers process_numbers_;
    std::vector<std::pair<std::uint32_t, std::string>> open_causes_;
    std::string key_;  // a member so that its memory is reused
    std::string last_key_;
    std::uint32_t last_ = limit;
    std::string last_process_id_;
    std::uint32_t last_process_ = no_process;
};

/// Returns the text by which an id is compared: numbers are decimal, whether they are written so, in
/// hexadecimal after 0x, or with a fraction of zero. `room` holds the text if it differs from the id.
std::string_view comparable_id(std::string_view id, std::string& room);

}  // namespace loopscope::exchange
