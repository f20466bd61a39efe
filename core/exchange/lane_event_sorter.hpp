// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/spilled_sequence.hpp"
#include "core/exchange/lane_event.hpp"

namespace loopscope::exchange {

/// The events of all lanes of a trace, for use in order of time. They are stored in blocks, so that none is
/// moved while more are added; of many, the blocks that nobody uses are in a file.
class LaneEventSorter {
    struct Reader;

  public:
    /// At most about `kept` bytes stay in memory, and the blocks in use.
    explicit LaneEventSorter(std::size_t kept = Spill::default_kept) : events_(kept) {}

    [[nodiscard]] std::uint64_t size() const { return events_.size(); }

    /// Appends an event; events may come in any order. Invalidates nothing.
    void add(const LaneEvent& event);

    /// Says that the kinds or ends of events were changed where they are, which may change their order.
    void changed();

    /// The events in order of time, some at a time, for whoever leaves the work now and then.
    ///
    /// Each block is sorted when its first event is due, and merged with the blocks under way: files are
    /// mostly in order, so these are few, and the first block is done before the last one is sorted.
    class Order {
      public:
        /// Begins with the first event. `frees`: each block is freed once its events were used, and then this
        /// is the last use of the sorter. REQUIRES: the sorter outlives the order, and gets no more events.
        explicit Order(LaneEventSorter& sorter, bool frees = false);
        /// Returns the next events, a few thousand at most; none: there are no more. What the order does not
        /// depend on may be changed. Valid until the next call.
        std::span<LaneEvent> next();
        /// Returns whether some thousand events were returned since it last returned true: whoever leaves the
        /// work now and then does so then.
        [[nodiscard]] bool is_time_to_pause();

      private:
        void give_back();

        LaneEventSorter& sorter_;
        bool frees_;
        std::size_t next_ = 0;      // the first block that is not under way
        std::vector<Reader> heap_;  // the blocks under way; the last one is in use if `used_` is not 0
        std::size_t used_ = 0;      // events that were returned last
        std::size_t since_ = 0;     // events that were returned since it was time to pause
    };

    /// Calls `visit` with each event in order of time until it returns false. Returns how many times it
    /// returned true. `visit` may change what the order does not depend on.
    template <class Visit>
    std::uint64_t visit_in_order(Visit visit) {
        return visit_all(Order(*this), visit);
    }
    /// Calls `visit` as visit_in_order() does, and frees each block once its events were used. REQUIRES:
    /// called once, and last.
    template <class Visit>
    std::uint64_t use_in_order(Visit visit) {
        return visit_all(Order(*this, true), visit);
    }

    /// Returns whether an event comes before another one. Of slices that begin at the same time, the outer
    /// one does: X records are often written when their slice ends, inner ones first. What happens within a
    /// slice comes after its beginning. Other events with equal times stay in the order of the file.
    static bool before(const LaneEvent& left, const LaneEvent& right) {
        if (left.time != right.time) return left.time < right.time;
        const bool is_span = left.kind == LaneEvent::Kind::span;
        const bool other_is_span = right.kind == LaneEvent::Kind::span;
        if (is_span != other_is_span) return is_span;
        return is_span && left.end > right.end;
    }

  private:
    struct Block {
        std::size_t number = 0;  ///< its index in events_, in the order of the file
        LaneEvent first;         ///< the event that comes first in order
        bool sorted = true;
    };
    /// A position in a block whose events are used in order.
    struct Reader {
        Block* block;
        LaneEvent* at;
        LaneEvent* end;

        [[nodiscard]] bool before(const Reader& other) const {
            if (LaneEventSorter::before(*at, *other.at)) return true;
            return block->number < other.block->number && !LaneEventSorter::before(*other.at, *at);
        }
        /// The order of a heap whose top comes first.
        static bool after(const Reader& left, const Reader& right) { return right.before(left); }
    };

    template <class Visit>
    static std::uint64_t visit_all(Order order, Visit& visit) {
        std::uint64_t visited = 0;
        for (auto run = order.next(); !run.empty(); run = order.next()) {
            for (LaneEvent& event : run) {
                if (!visit(event)) return visited;
                ++visited;
            }
        }
        return visited;
    }

    Reader reader(Block& block);

    SpilledSequence<LaneEvent> events_;
    std::vector<Block> blocks_;
};

}  // namespace loopscope::exchange
