// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

namespace loopscope::panels {

/// The order of the changes that can be undone. The session and the timeline's view each keep changes of
/// their own; undo has to go back through both in the order in which they were made.
class UndoOrder {
  public:
    /// Which of the two keeps a change.
    enum class What : std::uint8_t { session, view };
    /// The outcome of undoing or redoing a change.
    enum class Outcome : std::uint8_t {
        nothing,  ///< no change of that kind is left
        done,
        begun,  ///< the session has started to; `undone` or `redone` follows, unless it is cancelled
    };

    /// Records the changes since the last call. The counts only grow, but the view's starts again at 0 when
    /// the view is replaced.
    void note(std::uint64_t session_count, std::uint64_t view_count) {
        add(What::session, session_count, session_count_);
        add(What::view, view_count, view_count_);
    }

    /// Calls `take_back(what)` to undo the last change. If no change of that kind is left, tries the change
    /// before it. Returns false if nothing is left to undo.
    template <class TakeBack>
    bool undo(const TakeBack& take_back) {
        return move(done_, undone_, take_back);
    }
    /// Calls `repeat(what)` to redo the change that was undone last, in the same way as undo().
    template <class Repeat>
    bool redo(const Repeat& repeat) {
        return move(undone_, done_, repeat);
    }

    /// Records that the session has undone what it had started to undo.
    void undone() { arrive(done_, undone_); }
    /// Records that the session has redone what it had started to redo.
    void redone() { arrive(undone_, done_); }

  private:
    void add(What what, std::uint64_t count, std::uint64_t& before) {
        if (count > before) {
            done_.insert(done_.end(), static_cast<std::size_t>(count - before), what);
            undone_.clear();
        }
        before = count;
    }

    template <class Does>
    static bool move(std::vector<What>& from, std::vector<What>& to, const Does& does) {
        while (!from.empty()) {
            const What what = from.back();
            const Outcome outcome = does(what);
            if (outcome == Outcome::begun) return true;
            from.pop_back();
            if (outcome == Outcome::nothing) continue;
            to.push_back(what);
            return true;
        }
        return false;
    }

    // The last change of the session may not be the last of all: the view may have moved meanwhile.
    static void arrive(std::vector<What>& from, std::vector<What>& to) {
        const auto last = std::find(from.rbegin(), from.rend(), What::session);
        if (last != from.rend()) from.erase(std::next(last).base());
        to.push_back(What::session);
    }

    std::vector<What> done_;
    std::vector<What> undone_;
    std::uint64_t session_count_ = 0;
    std::uint64_t view_count_ = 0;
};

}  // namespace loopscope::panels
