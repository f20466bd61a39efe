#pragma once

#include <optional>
#include <string>

#include "app/lesson/library.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// Lessons in the window: the list of them; then, stop by stop, the text, the question with its choices, and
/// the prediction beside what happens, with WHY.
///
/// What moves the session to another stop gives true, so that the timeline can follow. A frame moves nothing:
/// `update` says what the user clicked, and the workspace has it done before the next one.
class LessonPanel {
  public:
    /// Opens the list of the lessons, or closes all.
    void toggle(session::Session& session);
    /// Begins a lesson.
    void open(lesson::OpenLesson lesson, session::Session& session);
    /// From a lesson to the list, from the list to nothing. Gives false if nothing was open.
    bool leave(session::Session& session);
    /// Closes all; the session is free again.
    void close(session::Session& session);

    [[nodiscard]] bool shown() const { return shown_; }
    /// Whether what comes next must not be seen.
    [[nodiscard]] bool asks() const;
    /// Whether a lesson is under way, so that nothing beyond the run as far as it got is to be seen.
    [[nodiscard]] bool hides() const;
    /// Whether it asks for what is printed next, so that the answer will appear in the output.
    [[nodiscard]] bool asks_for_print() const;
    /// How many lessons or answers can be chosen from; 0: none.
    [[nodiscard]] std::size_t choices() const;
    /// Whether the lessons are listed, and none is open.
    [[nodiscard]] bool lists() const { return shown_ && !lesson_; }
    /// Whether the lesson may be edited while it is open.
    [[nodiscard]] bool may_change() const { return lesson_.has_value(); }

    /// Chooses the lesson or the answer of that number, from 1.
    bool choose(std::size_t number, session::Session& session);
    bool next(session::Session& session);
    bool back(session::Session& session);
    /// Takes over what was edited in the lesson's file.
    bool poll(session::Session& session);

    /// What the user asked for.
    struct Wish {
        std::size_t choice = 0;  ///< the lesson or the answer of this number, from 1; 0: none
        bool next = false;
    };
    /// Draws it and takes the mouse.
    [[nodiscard]] Wish update(const Ui& ui, timeline::Rect rect) const;

  private:
    bool start(std::size_t number, session::Session& session);
    [[nodiscard]] Wish list(const Ui& ui, const Panel& panel) const;
    [[nodiscard]] Wish stop(const Ui& ui, Panel& panel) const;
    [[nodiscard]] Wish question(const Ui& ui, float width) const;
    void outcome(const Ui& ui, float width) const;
    [[nodiscard]] Wish end(const Ui& ui, float width) const;

    bool shown_ = false;
    std::optional<lesson::OpenLesson> lesson_;
    std::string error_;  // why a lesson that was edited is not taken over
};

}  // namespace loopscope::panels
