// SPDX-License-Identifier: MIT
#include "app/lesson/judge.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/explain/why.hpp"

namespace loopscope::lesson {
namespace {

using session::Session;

/// Finds where a prediction and the run differ.
class Comparison {
  public:
    Comparison(Session& session, const Question& question, std::string_view prediction)
        : session_(session), question_(question), prediction_(prediction) {}

    [[nodiscard]] std::string note() const {
        switch (question_.ask) {
            case Ask::next_print: return next_print();
            case Ask::next_task: return next_task();
            case Ask::writer: return writer();
            case Ask::leaks_next: return leaks_next();
            case Ask::leaks: return leaks();
            case Ask::output: return output();
            case Ask::nothing: break;
        }
        return {};
    }

    /// Returns the event that is to be explained: for a whole output, the first print that differs.
    [[nodiscard]] EventIndex explained() const {
        const auto print = question_.ask == Ask::output ? first_difference() : std::nullopt;
        return print ? session_.index().prints().event(*print) : question_.explained;
    }

  private:
    [[nodiscard]] const trace::Index& index() const { return session_.index(); }
    [[nodiscard]] std::string label(TaskId task) const {
        return task ? explain::task_label(session_.log(), index(), task) : "the callback";
    }
    [[nodiscard]] trace::PrintInfo shown_print() const {
        return index().prints()[*index().last_print(question_.shown_at)];
    }

    [[nodiscard]] std::string next_print() const {
        const trace::PrintInfo& print = shown_print();
        EventIndex written;  // the last write of what was predicted
        for (const EventIndex set : index().sets()) {
            const trace::Event& event = session_.log()[set];
            if (set < print.event && session_.log().strings()[StringId{event.a}] == prediction_)
                written = set;
        }
        if (!written && is_default())
            return fmt::format("'{}' is the default: what is read where nothing was written.", prediction_);
        if (!written) return fmt::format("Nobody has written '{}' by then.", prediction_);
        const TaskId by = session_.log()[written].task();
        const bool own = by && print.task && index().task(by).chain == index().task(print.task).chain;
        if (own)
            return fmt::format("'{}' is what {} itself was meant to print: its own chain wrote it.",
                               prediction_, label(print.task));
        return fmt::format("'{}' was written by {}, but it is not what {} reads.", prediction_, label(by),
                           label(print.task));
    }

    /// Returns whether the prediction is the default of a variable.
    [[nodiscard]] bool is_default() const {
        return std::ranges::any_of(index().variables(), [&](EventIndex at) {
            return session_.log().strings()[StringId{session_.log()[at].b}] == prediction_;
        });
    }

    [[nodiscard]] std::string next_task() const {
        const auto choice = std::ranges::find(question_.choices, prediction_) - question_.choices.begin();
        const TaskId task = question_.tasks[static_cast<std::size_t>(choice)];
        session_.seek(question_.asked_at);
        const auto& tasks = session_.state().tasks();
        std::string found = phase(tasks[task.value - 1]);
        session_.seek(question_.shown_at);
        return found;
    }

    [[nodiscard]] std::string phase(const trace::TaskStatus& status) const {
        using Phase = trace::TaskStatus::Phase;
        switch (status.phase) {
            case Phase::ready:
                return fmt::format(
                    "{} is ready too, but stands behind {}: the ready queue is first in, first "
                    "out.",
                    prediction_, question_.answer);
            case Phase::running: return fmt::format("{} has just run.", prediction_);
            case Phase::waiting:
                return fmt::format("{} still waits for {} here, and is woken later.", prediction_,
                                   explain::wait_phrase(status.wait));
            case Phase::ended: return fmt::format("{} has ended.", prediction_);
        }
        return {};
    }

    [[nodiscard]] std::string writer() const {
        const trace::PrintInfo& print = shown_print();
        return fmt::format("It prints '{}', and that was written by {}.",
                           session_.log().printed_text(print.event), label(print.writer_task));
    }

    [[nodiscard]] std::string leaks_next() const {
        const trace::PrintInfo& print = shown_print();
        if (!print.writer)
            return fmt::format("It prints '{}', which no task wrote: that is no leak.",
                               session_.log().printed_text(print.event));
        return fmt::format("{} prints what {} wrote: {}.", label(print.task), label(print.writer_task),
                           print.leak ? "another chain"
                           : print.stale
                               ? "its own chain, so it does not leak; but it is stale, for it works for "
                                 "another one"
                               : "its own chain, so it does not leak");
    }

    [[nodiscard]] std::string leaks() const {
        const auto& prints = index().prints();
        const auto first = std::ranges::find(prints, true, &trace::PrintInfo::leak);
        if (first == prints.end())
            return "Each print shows what its own chain wrote, or a default: none of them leaks.";
        return fmt::format("{} of {} leak; the first of them is print {}.", question_.answer, prints.size(),
                           first.index().value + 1);
    }

    /// Returns the first print that differs from the prediction; std::nullopt if all agree with it.
    [[nodiscard]] std::optional<PrintIndex> first_difference() const {
        std::string_view rest = prediction_;
        const auto& prints = index().prints();
        for (PrintIndex print; print < prints.end_index(); ++print) {
            const std::string_view text = session_.log().printed_text(prints.event(print));
            if (!rest.starts_with(text)) return print;
            rest.remove_prefix(text.size());
        }
        return std::nullopt;
    }

    [[nodiscard]] std::string output() const {
        const auto print = first_difference();
        if (!print) return fmt::format("It ends after print {}.", index().prints().size());
        return fmt::format("Your output and the run's part at print {}: it prints '{}'.", print->value + 1,
                           session_.log().printed_text(index().prints().event(*print)));
    }

    Session& session_;
    const Question& question_;
    std::string_view prediction_;
};

}  // namespace

Verdict judge(Session& session, const Question& question, std::string_view prediction) {
    Verdict verdict{prediction == question.answer, std::string(prediction), question.answer, {}, {}};
    const Comparison comparison(session, question, prediction);
    if (!verdict.right) verdict.note = comparison.note();
    const EventIndex cursor = session.cursor();
    session.seek(comparison.explained());
    verdict.why = explain::why(session.facts()).text();
    session.seek(cursor);
    return verdict;
}

}  // namespace loopscope::lesson
