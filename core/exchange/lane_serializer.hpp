#pragma once

#include <algorithm>
#include <functional>
#include <queue>
#include <vector>

#include "core/exchange/lanes.hpp"
#include "core/trace/limits.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::exchange {

/// An event on a lane: a slice begins or ends, or an instant.
struct LaneEvent {
    enum class Kind : std::uint8_t {
        end,      ///< the slice that was begun last on the lane ends
        slice,    ///< a slice whose end is known
        begin,    ///< a slice whose end is an event of its own
        instant,  ///< also a slice that takes no time
    };

    std::int64_t time = 0;  ///< nanoseconds
    std::int64_t end = 0;   ///< of a `slice`, in nanoseconds
    std::uint32_t lane = 0;
    std::uint32_t name = 0;
    Kind kind = Kind::instant;
};

/// A writer that makes one loop's log of the events of all lanes, as ChromeReader describes it. Lane events
/// come in order of time.
class LaneSerializer {
  public:
    LaneSerializer(trace::Log& log, Lanes& lanes, std::int64_t start)
        : log_(log), lanes_(lanes), start_(start), states_(lanes.all().size()) {}

    /// Writes a lane's event to the log. REQUIRES: no event before it has a later time.
    void add(const LaneEvent& event);
    /// Ends the slices whose ends are known, and the step under way: no more events come.
    void finish();

    /// Returns how many ends had no beginning.
    [[nodiscard]] std::uint64_t unmatched() const { return unmatched_; }
    /// Returns whether the log has its maximum length: the remaining events are left out.
    [[nodiscard]] bool full() const { return log_.size() >= trace::max_events; }
    /// Returns how many slices have no end.
    [[nodiscard]] std::uint64_t unfinished() const;

  private:
    struct State {
        std::uint32_t task = 0;  ///< 0: none yet
        std::uint32_t open = 0;  ///< slices
    };
    struct KnownEnd {
        std::int64_t time = 0;
        std::uint32_t lane = 0;
        bool operator>(const KnownEnd& other) const { return time > other.time; }
    };

    void at(std::int64_t time) { log_.set_time(std::min(Time(time - start_), trace::max_time)); }
    void end_until(std::int64_t time);
    void end_slice(std::uint32_t lane);
    void open(std::uint32_t lane, std::uint32_t name);
    void run(std::uint32_t lane);
    void pause();
    void settle();

    static constexpr std::uint32_t nobody = ~0U;

    trace::Log& log_;
    Lanes& lanes_;
    std::int64_t start_;
    std::vector<State> states_;
    std::priority_queue<KnownEnd, std::vector<KnownEnd>, std::greater<>> ends_;
    /// The lanes that were interrupted with open slices, the last one at the back. Some of these slices have
    /// ended since.
    std::vector<std::uint32_t> waiting_;
    std::uint32_t running_ = nobody;
    std::uint32_t tasks_ = 0;
    std::uint32_t iterations_ = 0;
    std::uint64_t unmatched_ = 0;
};

}  // namespace loopscope::exchange
