#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

namespace loopscope::panels {

/// In which order the user did what can be taken back: the session remembers where it was, and so does the
/// timeline's view; undo has to go back through both as they came.
class UndoOrder {
  public:
    enum class What : std::uint8_t { session, view };
    /// What came of taking something back, or repeating it.
    enum class Outcome : std::uint8_t {
        nothing,  ///< nothing of that kind is left
        done,
        begun,  ///< the session is on its way: `undone` or `redone` follows, or it is given up
    };

    /// Takes note of what has been done since; the counts only ever grow, but for a new view's, which begins
    /// at 0.
    void note(std::uint64_t session_count, std::uint64_t view_count) {
        add(What::session, session_count, session_count_);
        add(What::view, view_count, view_count_);
    }

    /// Has `take_back(what)` take back what was done last. Where nothing of that kind is left, what
    /// was done before is tried. Gives false if nothing at all is left.
    template <class TakeBack>
    bool undo(const TakeBack& take_back) {
        return move(done_, undone_, take_back);
    }
    template <class Repeat>
    bool redo(const Repeat& repeat) {
        return move(undone_, done_, repeat);
    }

    /// What the session had begun is done.
    void undone() { arrive(done_, undone_); }
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

    // The view may have moved meanwhile.
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
