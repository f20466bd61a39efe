#pragma once

#include "app/lesson/judge.hpp"

namespace loopscope::lesson {

/// How a lesson went.
struct Score {
    std::size_t right = 0;
    std::size_t answered = 0;
    std::size_t questions = 0;
};

/// Plays a lesson on a session: goes to each stop, asks, takes a prediction, and only then shows what
/// happens.
///
/// INVARIANT: while it asks, the session's trace ends at the stop and is held there.
class Player {
  public:
    enum class Phase : std::uint8_t {
        reading,   ///< at a stop that asks nothing
        asking,    ///< what comes next is not known
        revealed,  ///< the prediction stands beside the outcome
        over,      ///< after the last stop
    };

    /// Runs the lesson's programs and finds all answers. Fails if a stop is never reached or has nothing to
    /// ask; the error names its line.
    static Result<Player> create(Lesson lesson);

    /// Goes to the first stop.
    void begin(session::Session& session) { go(0, session); }
    /// Answers the question: by a choice as it is written, or by its number. The error says what can be
    /// answered; nothing is lost by it. REQUIRES: it asks.
    Result<void> predict(std::string_view words, session::Session& session);
    /// To the next stop, or past the last one. Gives false while it asks, and when it is over.
    bool next(session::Session& session);
    /// To the stop before, as it was left. Gives false at the first one.
    bool back(session::Session& session);
    /// Goes on with a lesson that was edited: at the stop with the same heading, or the nearest; what was
    /// answered stays answered where the question is still the same.
    void replace(Player edited, session::Session& session);

    [[nodiscard]] const Lesson& lesson() const { return lesson_; }
    [[nodiscard]] Phase phase() const { return phase_; }
    /// The number of the stop, from 0. REQUIRES for all that follow: it is not over.
    [[nodiscard]] std::size_t place() const { return place_; }
    [[nodiscard]] const Stop& stop() const { return lesson_.stops[place_]; }
    /// What the stop asks; null: nothing.
    [[nodiscard]] const Question* question() const;
    /// What became of the prediction. REQUIRES: it is revealed.
    [[nodiscard]] const Verdict& verdict() const { return *verdicts_[place_]; }

    /// What became of the prediction at any stop; null: there was none.
    [[nodiscard]] const Verdict* verdict_of(std::size_t stop) const {
        return verdicts_[stop] ? &*verdicts_[stop] : nullptr;
    }
    [[nodiscard]] Score score() const;

  private:
    struct Prepared {
        Spot spot;
        std::optional<Question> question;
    };

    explicit Player(Lesson lesson) : lesson_(std::move(lesson)) {}
    void go(std::size_t stop, session::Session& session);
    /// Lets the session run to what shows the answer.
    static void reveal(const Question& question, session::Session& session);

    Lesson lesson_;
    std::vector<Prepared> stops_;                   // beside lesson_.stops
    std::vector<std::optional<Verdict>> verdicts_;  // the same
    std::size_t place_ = 0;
    Phase phase_ = Phase::reading;
};

}  // namespace loopscope::lesson
