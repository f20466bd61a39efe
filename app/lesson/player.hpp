// SPDX-License-Identifier: MIT
#pragma once

#include "app/lesson/judge.hpp"

namespace loopscope::lesson {

/// The result of a lesson so far, in questions.
struct Score {
    std::size_t right = 0;
    std::size_t answered = 0;
    std::size_t questions = 0;
};

/// Plays a lesson on a session: goes to each stop, asks, takes a prediction, and only then shows what
/// happens. Used from one thread.
///
/// INVARIANT: while a question is open, the session's trace ends at the stop and is held there.
class Player {
  public:
    enum class Phase : std::uint8_t {
        reading,   ///< at a stop that asks nothing
        asking,    ///< at a stop whose question is open: what comes next is hidden
        revealed,  ///< at a stop whose question is answered: prediction and answer are shown
        over,      ///< after the last stop
    };

    /// Makes a player: runs the lesson's programs and computes all answers. Fails if a stop is never reached
    /// or its question has no answer; the error names its line.
    static Result<Player> create(Lesson lesson);

    /// Goes to the first stop.
    void begin(session::Session& session) { go(0, session); }
    /// Answers the open question with a choice as it is written, or its number. Fails if `words` is neither,
    /// and changes nothing then; the error lists the choices. REQUIRES: phase() is asking.
    Result<void> predict(std::string_view words, session::Session& session);
    /// Goes to the next stop, or past the last one. Returns false, and stays, while a question is open and
    /// when the lesson is over.
    bool next(session::Session& session);
    /// Goes to the stop before, as it was left, or back from the end to the last stop. Returns false at the
    /// first stop.
    bool back(session::Session& session);
    /// Replaces the lesson by an edited one, and goes to the stop with the same heading, or the nearest.
    /// Answers are kept where the question is still the same.
    void replace(Player edited, session::Session& session);

    [[nodiscard]] const Lesson& lesson() const { return lesson_; }
    [[nodiscard]] Phase phase() const { return phase_; }
    /// Returns the index of the stop, from 0. REQUIRES: phase() is not over.
    [[nodiscard]] std::size_t stop_index() const { return stop_index_; }
    /// Returns the stop. REQUIRES: phase() is not over.
    [[nodiscard]] const Stop& stop() const { return lesson_.stops[stop_index_]; }
    /// Returns the stop's question; null if it asks none. REQUIRES: phase() is not over.
    [[nodiscard]] const Question* question() const;
    /// Returns the verdict on the prediction at the stop. REQUIRES: phase() is revealed.
    [[nodiscard]] const Verdict& verdict() const { return *verdicts_[stop_index_]; }

    /// Returns the verdict on the prediction at any stop, by its index; null if there was no prediction.
    [[nodiscard]] const Verdict* verdict_of(std::size_t stop) const {
        return verdicts_[stop] ? &*verdicts_[stop] : nullptr;
    }
    /// Returns how many questions there are, were answered, and were answered right.
    [[nodiscard]] Score score() const;

  private:
    struct Prepared {
        Spot spot;
        std::optional<Question> question;
    };

    explicit Player(Lesson lesson) : lesson_(std::move(lesson)) {}
    void go(std::size_t stop, session::Session& session);
    /// Has the session run to the event that shows the answer.
    static void reveal(const Question& question, session::Session& session);

    Lesson lesson_;
    std::vector<Prepared> stops_;                   // by index of lesson_.stops
    std::vector<std::optional<Verdict>> verdicts_;  // by index of lesson_.stops
    std::size_t stop_index_ = 0;
    Phase phase_ = Phase::reading;
};

}  // namespace loopscope::lesson
