// SPDX-License-Identifier: MIT
#include "app/lesson/question.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/base/number.hpp"
#include "core/base/result.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::lesson {
namespace {

using session::Session;

/// Returns the texts of all prints of a trace, concatenated.
std::string output_of(const Session& session) {
    std::string output;
    for (const trace::PrintInfo& print : session.index().prints())
        output += session.log().printed_text(print.event);
    return output;
}

std::string label_of(const Session& session, TaskId task) {
    return explain::task_label(session.log(), session.index(), task);
}

/// Makes one question of a spot and the rest of its run.
class QuestionBuilder {
  public:
    QuestionBuilder(const Spot& spot, Session ahead, Ask ask, Effort& effort)
        : spot_(spot), ahead_(std::move(ahead)), effort_(effort) {
        question_.ask = ask;
        question_.asked_at = spot.cursor;
    }

    Result<Question> make() {
        Result<void> done;
        switch (question_.ask) {
            case Ask::nothing: break;
            case Ask::next_print: done = next_print(); break;
            case Ask::next_task: done = next_task(); break;
            case Ask::writer: done = writer(); break;
            case Ask::leaks_next: done = leaks_next(); break;
            case Ask::leaks: done = leaks(); break;
            case Ask::output: done = output(); break;
        }
        LOOPSCOPE_CHECK(done);
        keep_few_choices();
        return std::move(question_);
    }

  private:
    [[nodiscard]] const trace::Index& index() const { return ahead_.index(); }

    /// Returns the first print after the spot, and sets it as the event that shows the answer.
    Result<trace::PrintInfo> coming_print() {
        const PrintIndex next = index().print_after(spot_.cursor);
        if (next >= index().prints().end_index())
            return fail("no print follows here; ask this further up, or ask 'how many leak'");
        const trace::PrintInfo print = index().prints()[next];
        question_.shown_at = question_.explained = print.event;
        return print;
    }

    [[nodiscard]] std::string text_of(const trace::PrintInfo& print) const {
        return std::string(ahead_.log().printed_text(print.event));
    }

    Result<void> next_print() {
        LOOPSCOPE_TRY(print, coming_print());
        question_.prompt = "Which symbol prints next?";
        question_.answer = text_of(print);
        std::set<std::string> texts = written();
        if (texts.size() < 2) {
            for (const trace::PrintInfo& each : index().prints()) texts.insert(text_of(each));
        }
        texts.insert(question_.answer);
        question_.choices.assign(texts.begin(), texts.end());
        return {};
    }

    /// Returns the texts that may be printed: the values that the program sets its variables to, their
    /// defaults, and its symbols.
    [[nodiscard]] std::set<std::string> written() const {
        std::set<std::string> texts;
        const auto add = [&](std::uint32_t string) {
            texts.emplace(ahead_.log().strings()[StringId{string}]);
        };
        for (const EventIndex set : index().sets()) add(ahead_.log()[set].a);
        const auto own = symbols();
        texts.insert(own.begin(), own.end());
        for (const EventIndex variable : index().variables()) {
            // A default that is never seen would only confuse.
            const trace::Event& event = ahead_.log()[variable];
            const auto shows = [&](const trace::PrintInfo& print) {
                return !print.writer && text_of(print) == ahead_.log().strings()[StringId{event.b}];
            };
            if (std::ranges::any_of(index().prints(), shows) || index().sets().empty()) add(event.b);
        }
        return texts;
    }

    /// Returns the program's parameter "symbols", character by character; empty if it has no such parameter.
    [[nodiscard]] std::vector<std::string> symbols() const {
        std::vector<std::string> found;
        for (const auto& [name, value] : spot_.setup.arguments.settings()) {
            if (name != "symbols") continue;
            for (const std::string_view character : characters(value)) found.emplace_back(character);
        }
        return found;
    }

    /// Runs the whole program under a storage, from its start.
    [[nodiscard]] Result<Session> under(trace::Storage storage) const {
        Spot whole{spot_.setup, {}, 0, {}};
        whole.setup.storage = storage;
        return ahead_of(whole, effort_);
    }

    void add_task(TaskId task) {
        question_.choices.push_back(label_of(ahead_, task));
        question_.tasks.push_back(task);
    }

    Result<void> next_task() {
        const auto& handles = index().handles();
        const std::optional<HandleIndex> current = index().handle_at(spot_.cursor);
        HandleIndex step = current ? *current + 1 : HandleIndex{};
        while (step < handles.end_index() && ahead_.log()[handles.first(step)].kind() != trace::Kind::step)
            ++step;
        if (step >= handles.end_index()) return fail("no task runs after this place; ask this further up");
        const TaskId next = ahead_.log()[handles.first(step)].task();
        question_.prompt = "Which task runs next?";
        question_.answer = label_of(ahead_, next);
        question_.shown_at = question_.explained = index().last_event(step);
        const auto& tasks = ahead_.state().tasks();  // the tasks that exist at the spot
        for (std::uint32_t number = 1; number <= tasks.size(); ++number) {
            const bool lives = tasks[number - 1].phase != trace::TaskStatus::Phase::ended;
            if (lives || TaskId{number} == next) add_task(TaskId{number});
        }
        if (next.value > tasks.size()) add_task(next);
        return {};
    }

    Result<void> writer() {
        LOOPSCOPE_TRY(print, coming_print());
        if (!print.writer)
            return fail(
                "no task wrote what is printed next: it is a default or a plain text; ask 'next print'");
        question_.prompt = "Whose value does the next print show: which task wrote it?";
        question_.answer = label_of(ahead_, print.writer_task);
        std::set<std::uint32_t> writers;
        for (const EventIndex set : index().sets()) {
            if (const TaskId task = ahead_.log()[set].task()) writers.insert(task.value);
        }
        writers.insert(print.writer_task.value);
        for (const std::uint32_t task : writers) add_task(TaskId{task});
        return {};
    }

    Result<void> leaks_next() {
        LOOPSCOPE_TRY(print, coming_print());
        question_.prompt = "Does the next print leak: does it show what another chain wrote?";
        question_.answer = print.leak ? "yes" : "no";
        question_.choices = {"yes", "no"};
        return {};
    }

    Result<void> leaks() {
        const std::size_t all = index().prints().size();
        if (all == 0) return fail("the program prints nothing, so nothing can leak; ask 'next task'");
        const std::uint32_t leaking = index().leaks_until(ahead_.head());
        question_.prompt = fmt::format("How many of the {} prints of the whole run leak?", all);
        question_.answer = fmt::format("{}", leaking);
        std::set<std::size_t> counts = {0, all / 4, all / 2, all * 3 / 4, all, leaking};
        for (const std::size_t count : counts) question_.choices.push_back(fmt::format("{}", count));
        question_.shown_at = ahead_.head();
        const auto& prints = index().prints();
        const auto first = std::ranges::find(prints, true, &trace::PrintInfo::leak);
        question_.explained = first == prints.end() ? prints.back().event : first->event;
        return {};
    }

    Result<void> output() {
        if (index().prints().empty()) return fail("the program prints nothing; ask 'next task'");
        question_.prompt = "What does the whole program print?";
        question_.answer = output_of(ahead_);
        std::set<std::string> outputs = {question_.answer};
        for (const trace::Storage storage : trace::all_storages) {
            LOOPSCOPE_TRY(run, under(storage));
            outputs.insert(output_of(run));
        }
        add_expected(outputs);
        if (outputs.size() < 3) add_orders(outputs);
        question_.choices.assign(outputs.begin(), outputs.end());
        question_.shown_at = ahead_.head();
        question_.explained = index().prints().back().event;
        return {};
    }

    /// Adds the output that is expected if nothing goes wrong: the symbols in turn.
    void add_expected(std::set<std::string>& outputs) const {
        const auto own = symbols();
        if (own.empty()) return;
        std::string all;
        for (std::size_t at = 0; at < index().prints().size(); ++at) all += own[at % own.size()];
        outputs.insert(std::move(all));
    }

    /// Adds outputs with the printed texts in other orders.
    void add_orders(std::set<std::string>& outputs) const {
        std::vector<std::string> texts;
        for (const trace::PrintInfo& print : index().prints()) texts.push_back(text_of(print));
        const auto add = [&] {
            std::string all;
            for (const std::string& text : texts) all += text;
            outputs.insert(std::move(all));
        };
        std::ranges::sort(texts);
        add();
        std::ranges::reverse(texts);
        if (outputs.size() < 3) add();
    }

    /// Reduces the choices to as many as there are digit keys, and keeps the answer among them.
    void keep_few_choices() {
        auto& choices = question_.choices;
        if (choices.size() <= max_choices) return;
        const auto answer = std::ranges::find(choices, question_.answer);
        const auto point = static_cast<std::size_t>(answer - choices.begin());
        const bool moves = point >= max_choices;
        if (moves) std::swap(choices[max_choices - 1], *answer);
        choices.resize(max_choices);
        if (question_.tasks.empty()) return;
        if (moves) question_.tasks[max_choices - 1] = question_.tasks[point];
        question_.tasks.resize(max_choices);
    }

    const Spot& spot_;
    Session ahead_;
    Effort& effort_;
    Question question_;
};

}  // namespace

Result<Question> make_question(const Spot& spot, Ask ask, Effort& effort) {
    LOOPSCOPE_TRY(ahead, ahead_of(spot, effort));
    return QuestionBuilder(spot, std::move(ahead), ask, effort).make();
}

Result<std::string> understand(const Question& question, std::string_view words) {
    const auto& choices = question.choices;
    if (const auto same = std::ranges::find(choices, words); same != choices.end()) return *same;
    const std::size_t number = number_of<std::size_t>(words).value_or(0);
    if (number >= 1 && number <= choices.size()) return choices[number - 1];
    std::string all;
    for (std::size_t at = 0; at < choices.size(); ++at)
        all += fmt::format("{}{}", at == 0 ? "" : at + 1 == choices.size() ? " or " : ", ", choices[at]);
    return fail(fmt::format("'{}' is not a possible answer here; write {}, or its number", words, all));
}

}  // namespace loopscope::lesson
