// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/lesson/library.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The LESSON panel: the list of all lessons, and the stops of the open one. A stop shows its text, then the
/// question with its choices, and then the prediction beside what happens, with the reason.
///
/// Functions that move the session to another stop return true, so that the timeline can follow. A frame
/// moves nothing: update() returns what the user clicked, and the workspace does that before the next frame.
class LessonPanel {
  public:
    /// Opens the list of lessons, or closes the panel.
    void toggle(session::Session& session);
    /// Begins a lesson.
    void open(lesson::OpenLesson lesson, session::Session& session);
    /// Goes from a lesson to the list, or from the list to nothing. Returns false if nothing was open.
    bool leave(session::Session& session);
    /// Closes the panel and releases the session.
    void close(session::Session& session);

    [[nodiscard]] bool shown() const { return shown_; }
    /// Returns whether a question is open, so that what comes next must be hidden.
    [[nodiscard]] bool asks() const;
    /// Returns whether a lesson is under way, so that everything after the end of the run so far must be
    /// hidden.
    [[nodiscard]] bool hides() const;
    /// Returns whether the open question is what is printed next, so that the answer will appear in the
    /// output.
    [[nodiscard]] bool asks_for_print() const;
    /// Returns the number of lessons or answers to choose from; 0 if there are none.
    [[nodiscard]] std::size_t choices() const;
    /// Returns whether the list of lessons is shown and no lesson is open.
    [[nodiscard]] bool lists() const { return shown_ && !lesson_; }
    /// Returns the lesson that is open; null if none is.
    [[nodiscard]] const lesson::OpenLesson* lesson() const { return lesson_ ? &*lesson_ : nullptr; }
    /// Returns whether what is shown may change without any input, because the file of the open lesson may be
    /// edited.
    [[nodiscard]] bool may_change() const { return lesson_.has_value(); }

    /// Chooses the lesson or the answer with this number, counted from 1. Returns false if there is none.
    bool choose(std::size_t number, session::Session& session);
    /// Goes to the next stop; from the end of the lesson back to the list.
    bool next(session::Session& session);
    /// Goes to the stop before.
    bool back(session::Session& session);
    /// Takes over changes of the lesson's file, if there are any.
    bool poll(session::Session& session);

    /// The requests of the user in one frame.
    struct Response {
        std::size_t choice = 0;  ///< number of the lesson or answer that was chosen, from 1; 0: none
        bool next = false;
    };
    /// Draws the panel and handles the mouse. Returns what the user clicked.
    [[nodiscard]] Response update(const Ui& ui, timeline::Rect rect) const;

  private:
    bool start(std::size_t number, session::Session& session);
    [[nodiscard]] Response list(const Ui& ui, const Panel& panel) const;
    [[nodiscard]] Response stop(const Ui& ui, Panel& panel) const;
    [[nodiscard]] Response question(const Ui& ui, float width) const;
    void outcome(const Ui& ui, float width) const;
    [[nodiscard]] Response end(const Ui& ui, float width) const;

    bool shown_ = false;
    std::optional<lesson::OpenLesson> lesson_;
    std::string error_;  // why a lesson cannot be opened or its changes not be taken over
};

}  // namespace loopscope::panels
