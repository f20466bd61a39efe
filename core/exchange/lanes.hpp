#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/exchange/chrome_record.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A thread or an async id of another tool's trace.
struct Lane {
    std::uint32_t process = 0;  ///< a place in Lanes::processes
    StringId name;              ///< as the trace says, or as it is called otherwise
    bool async = false;
    bool named = false;  ///< by metadata
};

/// Finds the lane of each record. Lanes and processes are in order of first mention.
class Lanes {
  public:
    explicit Lanes(trace::Log& log) : log_(log) {}

    /// The lane of a record of a thread, or of an async id; `limit` if there are as many as that already.
    std::uint32_t thread(const ChromeRecord& record) { return find(record, false); }
    std::uint32_t async(const ChromeRecord& record) { return find(record, true); }
    /// Takes a name that metadata gives. Whether it gave one.
    bool name(const ChromeRecord& record);

    [[nodiscard]] const std::vector<Lane>& all() const { return lanes_; }
    /// What to call a lane: with its process, if there are several.
    [[nodiscard]] StringId label(const Lane& lane);

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
    std::string key_;  // kept for its memory
    std::string last_key_;
    std::uint32_t last_ = limit;
};

}  // namespace loopscope::exchange
