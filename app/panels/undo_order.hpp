#pragma once

#include <cstdint>
#include <vector>

namespace loopscope::panels {

/// In which order the user did what can be taken back: the session remembers where it was, and so does the
/// timeline's view; undo has to go back through both as they came.
class UndoOrder {
  public:
    enum class What : std::uint8_t { session, view };

    /// Takes note of what has been done since; the counts only ever grow, but for a new view's, which begins
    /// at 0.
    void note(std::uint64_t session_count, std::uint64_t view_count) {
        add(What::session, session_count, session_count_);
        add(What::view, view_count, view_count_);
    }

    /// Has `take_back(what)` take back what was done last. It gives false where nothing of that kind is left;
    /// then what was done before is tried.
    template <class TakeBack>
    void undo(const TakeBack& take_back) {
        move(done_, undone_, take_back);
    }
    template <class Repeat>
    void redo(const Repeat& repeat) {
        move(undone_, done_, repeat);
    }

  private:
    void add(What what, std::uint64_t count, std::uint64_t& before) {
        if (count > before) {
            done_.insert(done_.end(), static_cast<std::size_t>(count - before), what);
            undone_.clear();
        }
        before = count;
    }

    template <class Does>
    static void move(std::vector<What>& from, std::vector<What>& to, const Does& does) {
        while (!from.empty()) {
            const What what = from.back();
            from.pop_back();
            if (!does(what)) continue;
            to.push_back(what);
            return;
        }
    }

    std::vector<What> done_;
    std::vector<What> undone_;
    std::uint64_t session_count_ = 0;
    std::uint64_t view_count_ = 0;
};

}  // namespace loopscope::panels
