#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/exchange/chrome_record.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A lane of another tool's trace: a thread or an async id.
struct Lane {
    std::uint32_t process = 0;  ///< the index of its process, in order of first mention
    StringId name;              ///< as the trace says, else "thread 1" or the async name and id
    bool async = false;
    bool named = false;  ///< by metadata
};

/// The lanes of a trace's records. Lanes and processes are in order of first mention.
class Lanes {
  public:
    explicit Lanes(trace::Log& log) : log_(log) {}

    /// Returns the index of the lane of a thread's record (thread) or of an async id's (async), made at its
    /// first record; `limit` if there are that many lanes already.
    std::uint32_t thread(const ChromeRecord& record) { return find(record, false); }
    std::uint32_t async(const ChromeRecord& record) { return find(record, true); }
    /// Takes the name of a thread or process from a metadata record. Returns whether the record has one.
    bool name(const ChromeRecord& record);

    /// Returns all lanes, by index.
    [[nodiscard]] const std::vector<Lane>& all() const { return lanes_; }
    /// Returns the name of a lane, with its process's name if there are several processes.
    [[nodiscard]] StringId label(const Lane& lane);

    /// The maximum number of lanes.
    static constexpr std::uint32_t limit = 1U << 22;

  private:
    std::uint32_t find(const ChromeRecord& record, bool async);
    std::uint32_t make(const ChromeRecord& record, bool async);
    std::uint32_t process(std::string_view id);

    trace::Log& log_;
    std::vector<Lane> lanes_;
    std::vector<std::string> processes_;  // their names
    std::unordered_map<std::string, std::uint32_t> lane_numbers_;
    std::unordered_map<std::string, std::uint32_t> process_numbers_;
    std::string key_;  // a member so that its memory is reused
    std::string last_key_;
    std::uint32_t last_ = limit;
};

}  // namespace loopscope::exchange
