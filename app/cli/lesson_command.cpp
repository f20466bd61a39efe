// SPDX-License-Identifier: MIT
#include "app/cli/lesson_command.hpp"

#include <array>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/outputs.hpp"
#include "app/cli/pages.hpp"
#include "app/cli/picture_options.hpp"
#include "app/cli/streams.hpp"
#include "app/cli/word_wrap.hpp"
#include "app/lesson/library.hpp"
#include "app/platform/display.hpp"
#include "app/platform/interrupt.hpp"
#include "app/screen/window_loop.hpp"
#include "core/base/escape.hpp"

namespace loopscope::cli {
namespace {

using lesson::Player;

/// The maximum number of characters in a line of text.
constexpr std::size_t line_width = 95;
/// The maximum number of bytes in an answer, with the terminating zero.
constexpr std::size_t max_answer = 4096;

/// Plays a lesson in a terminal: writes texts and questions to stdout, and reads answers from stdin.
class Conversation {
  public:
    Conversation(lesson::OpenLesson lesson, session::Session session)
        : lesson_(std::move(lesson)), session_(std::move(session)), patient_(::isatty(STDIN_FILENO) != 0) {}

    /// Plays the lesson to its end. Returns the exit code.
    int hold() {
        player().begin(session_);
        for (bool goes_on = true; goes_on && player().phase() != Player::Phase::over;) {
            show();
            if (player().phase() == Player::Phase::asking) {
                goes_on = ask();
            } else {
                if (player().question()) reveal();
                goes_on = pause();
            }
            if (goes_on && !reloaded_) player().next(session_);
            reloaded_ = false;
            if (!flush()) return printed_;
        }
        return score();
    }

  private:
    [[nodiscard]] Player& player() { return lesson_.player(); }

    void say(const std::string& text) { said_ += text; }

    /// Prints what was said. Returns false if it cannot be written.
    bool flush() {
        if (printed_ == success) printed_ = print(terminal_text(said_));  // texts are a teacher's
        said_.clear();
        return printed_ == success;
    }

    void show() {
        const lesson::Stop& stop = player().stop();
        say(fmt::format("\n== {}\n\n", stop.heading));
        if (!stop.text.empty()) say(word_wrap(stop.text, line_width) + "\n");
        std::string printed;
        for (const trace::PrintInfo& print : session_.index().prints())
            printed += session_.log().printed_text(print.event);
        if (player().question())
            say(fmt::format("   {}, {}; printed so far: {}\n", session_.about().name,
                            name(session_.storage()), printed.empty() ? "nothing" : printed));
    }

    /// Reads answers until one can be understood. Returns false at the end of the input.
    bool ask() {
        const lesson::Question& question = *player().question();
        say(fmt::format("   {}\n", question.prompt));
        for (std::size_t at = 0; at < question.choices.size(); ++at)
            say(fmt::format("     {}) {}\n", at + 1, question.choices[at]));
        for (;;) {
            say("   > ");
            const auto words = line();
            if (!words) return false;
            if (reloaded_) return true;
            if (const auto taken = player().predict(*words, session_); !taken) {
                say(word_wrap(taken.error().message, line_width, "   "));
                continue;
            }
            reveal();
            return pause();
        }
    }

    void reveal() {
        const lesson::Verdict& verdict = player().verdict();
        say(fmt::format("\n   you said   {}\n   it is      {}\n\n", verdict.prediction, verdict.answer));
        say(word_wrap(verdict.right ? "As you said." : verdict.note, line_width, "   "));
        say(word_wrap(verdict.why, line_width, "   "));
        if (!player().stop().afterwards.empty())
            say("\n" + word_wrap(player().stop().afterwards, line_width, "   "));
    }

    /// On a terminal, waits until the user has read the text. Returns false at the end of the input.
    bool pause() {
        if (!patient_) return true;
        say("\n   Enter: continue ");
        return line().has_value();
    }

    /// Returns the next line of the input; nothing at its end. Takes over changes of the lesson's file first.
    std::optional<std::string> line() {
        std::array<char, max_answer> typed{};
        // A longer line is not an answer and may have no end, so it ends the input.
        if (!flush() || !std::cin.getline(typed.data(), typed.size())) return std::nullopt;
        std::string words = typed.data();
        const std::size_t first = words.find_first_not_of(" \t\r");
        words = first == std::string::npos ? ""
                                           : words.substr(first, words.find_last_not_of(" \t\r") - first + 1);
        const auto edited = lesson_.poll(session_);
        if (!edited) {
            say(word_wrap(edited.error().message + ". The lesson goes on as it was.", line_width, "   "));
        } else if (*edited) {
            say("   The lesson was edited, so here is this stop again.\n");
            reloaded_ = true;
        }
        return words;
    }

    int score() {
        const lesson::Score score = player().score();
        const bool ended_early = player().phase() != Player::Phase::over;
        if (ended_early)
            say(fmt::format("\n\nThe input has ended; {} of {} questions were answered.\n", score.answered,
                            score.questions));
        say(fmt::format("\n{} of {} as you said.\n", score.right, score.questions));
        if (!flush()) return printed_;
        if (!ended_early || score.answered > 0) return success;
        return report(Error{"no question was answered: the lesson takes its answers from stdin, a line each"},
                      failure);
    }

    lesson::OpenLesson lesson_;
    session::Session session_;
    bool patient_;
    bool reloaded_ = false;
    std::string said_;
    int printed_ = success;  // the exit code of what was printed so far
};

int list_lessons() {
    std::string text;
    for (const std::string_view name : lesson::lesson_names()) {
        const lesson::Lesson& lesson = lesson::lesson_of(name);
        text += fmt::format("{:<14} {}: {}\n", name, lesson.title, lesson.summary);
    }
    return print(terminal_text(text));
}

/// Writes a page that plays a lesson. Returns the exit code.
int write_page(const LessonRequest& request, const timeline::Theme* theme) {
    if (!request.lesson) return report(Error{"--html needs a lesson: its name, or a file"}, misuse);
    Outputs outputs;
    outputs.reads(*request.lesson);
    outputs.writes("--html", request.html, {".html"});
    if (const auto sound = outputs.check(); !sound) return report(sound.error(), misuse);
    const auto opened = lesson::OpenLesson::open(*request.lesson);
    if (!opened) return report(opened.error(), misuse);
    const auto written = write_show_page(*request.html, opened->player().lesson().title, opened->document(),
                                         Shown::lesson, {{}, theme});
    return written ? success : report(written.error(), failure);
}

}  // namespace

int lesson_command(const LessonRequest& request) {
    const auto theme = parse_theme_option(request.theme);
    if (!theme) return report(theme.error(), misuse);
    if (request.html) return write_page(request, *theme);
    if (!request.lesson && !request.window) return list_lessons();
    std::optional<lesson::OpenLesson> lesson;
    if (request.lesson) {
        auto opened = lesson::OpenLesson::open(*request.lesson);
        if (!opened) return report(opened.error(), misuse);
        lesson.emplace(std::move(*opened));
    }
    session::Session session(*lesson::lesson_of(lesson::lesson_names().front()).stops.front().run);
    if (lesson) session = session::Session(*lesson->player().stop().run);
    const bool interactive = ::isatty(STDIN_FILENO) != 0 && platform::has_display();
    if (!request.window && (request.text || !interactive)) {
        return Conversation(std::move(*lesson), std::move(session)).hold();
    }
    const auto begin = [&lesson](panels::Workspace& workspace) { workspace.open_lesson(std::move(lesson)); };
    if (const auto shown = screen::show_window(std::move(session), {*theme, {}, begin}); !shown)
        return report(Error{fmt::format("{}; without --window the lesson is played in the terminal",
                                        shown.error().message)},
                      failure);
    return platform::Interrupt::exit_code();
}

}  // namespace loopscope::cli
