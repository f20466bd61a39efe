// SPDX-License-Identifier: MIT
#include "web/place.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

#include "app/cli/setup.hpp"
#include "core/base/escape.hpp"
#include "core/base/number.hpp"
#include "core/explain/output_line.hpp"
#include "core/explain/words.hpp"
#include "core/feed/opening.hpp"
#include "core/feed/replay.hpp"
#include "core/trace/text.hpp"
#include "web/python_run.hpp"

namespace loopscope::web {
namespace {

/// How long the page works on what it begins with before the browser has a turn.
constexpr std::chrono::milliseconds slice(12);

/// The maximum number of prints that the table has: pages with more rows become slow.
constexpr std::uint32_t max_rows = 1000;

Result<std::uint32_t> event_of(std::string_view text, std::string_view what) {
    const auto number = number_of<std::uint32_t>(text);
    if (!number)
        return fail(
            fmt::format("the link's {} cannot be '{}': it has to be the number of an event", what, text),
            Error::Code::invalid_argument);
    return *number;
}

/// Returns the switch that a link writes as EVENT:STORAGE or EVENT:STORAGE:VARIABLE.
Result<feed::Switch> switch_of(std::string_view text) {
    const std::size_t colon = text.find(':');
    LOOPSCOPE_TRY(event, event_of(text.substr(0, colon), "switch"));
    std::string_view storage = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    VariableId variable;
    if (const std::size_t second = storage.find(':'); second != std::string_view::npos) {
        LOOPSCOPE_TRY(number, event_of(storage.substr(second + 1), "variable"));
        variable = VariableId{number};
        storage = storage.substr(0, second);
    }
    LOOPSCOPE_TRY(selected, trace::parse_storage(std::string(storage)));
    return feed::Switch{EventIndex{event}, selected, variable};
}

/// Writes a JSON object, member by member.
class Object {
  public:
    void add(std::string_view name, std::string_view text) { add_json(name, json_string(text)); }
    void add(std::string_view name, const std::vector<std::string>& texts) {
        std::string list;
        for (const std::string& each : texts) list += (list.empty() ? "" : ",") + json_string(each);
        add_json(name, "[" + list + "]");
    }
    void add_json(std::string_view name, std::string_view json) {
        text_ += text_.size() > 1 ? "," : "";
        append_json_string(text_, name);
        text_ += fmt::format(":{}", json);
    }
    [[nodiscard]] std::string text() const { return text_ + "}"; }

  private:
    std::string text_ = "{";
};

std::string prints_of(const session::Session& session) {
    const trace::Log& log = session.log();
    const trace::Index& index = session.index();
    std::string list;
    std::uint32_t row = 0;
    for (const trace::PrintInfo& print : index.prints()) {
        if (row++ == max_rows) break;
        Object each;
        each.add_json("event", fmt::format("{}", print.event.value));
        each.add("time", trace::time_text(index.time(log, print.event)));
        each.add("task", explain::task_label(log, index, print.task));
        each.add("text", explain::in_one_line(log.printed_text(print.event)));
        if (print.writer.value != 0) each.add("writer", explain::task_label(log, index, print.writer_task));
        if (print.leak) each.add_json("leak", "true");
        if (print.stale) each.add_json("stale", "true");
        list += (list.empty() ? "" : ",") + each.text();
    }
    return "[" + list + "]";
}

std::string text_of(const feed::Switch& each) {
    std::string text = fmt::format("{}:{}", each.after.value, trace::name(each.storage));
    if (each.variable) text += fmt::format(":{}", each.variable.value);
    return text;
}

/// Returns how far a lesson is, and how much of it was foreseen.
std::string score_of(const lesson::Player& player) {
    const lesson::Score score = player.score();
    Object object;
    object.add_json("questions", fmt::format("{}", score.questions));
    object.add_json("answered", fmt::format("{}", score.answered));
    object.add_json("right", fmt::format("{}", score.right));
    object.add_json("over", player.phase() == lesson::Player::Phase::over ? "true" : "false");
    return object.text();
}

/// Adds the switches of a program that was typed in the page, by the handles that have run before them.
void add_forks(Object& object, const session::Session& session) {
    std::vector<std::string> forks;
    for (const feed::Switch& each : session.switches())
        forks.push_back(
            fmt::format("{}:{}", handles_up_to(session.log(), each.after), trace::name(each.storage)));
    object.add("forks", forks);
}

/// Adds what is run, if it can be run again.
void add_recipe(Object& object, const session::Session& session) {
    const feed::Setup* const setup = session.setup();
    if (!setup && session.feed().can().fork) add_forks(object, session);
    if (!setup) return;
    object.add("program", setup->program->name);
    object.add("storage", trace::name(setup->storage));
    // What is as usual goes without saying.
    const auto usual = scenario::Arguments::create(scenario::all_parameters(*setup->program), {});
    std::vector<std::string> settings;
    for (const auto& each : setup->arguments.settings()) {
        if (usual && std::ranges::find(usual->settings(), each) != usual->settings().end()) continue;
        settings.push_back(fmt::format("{}={}", each.first, each.second));
    }
    object.add("settings", settings);
    if (setup->schedule) object.add("schedule", explore::text_of(*setup->schedule));
    std::vector<std::string> switches;
    for (const feed::Switch& each : session.switches()) switches.push_back(text_of(each));
    object.add("switches", switches);
}

}  // namespace

Pausing<Result<session::Session>> Place::session_of_file(std::optional<EventIndex> cursor) {
    feed::Opening opening(file);
    Status status = Status::waiting;
    while (!is_over(status = opening.poll(slice))) {
        progress_ = opening.progress();
        co_await Pause();
    }
    if (status == Status::failed) co_return tl::unexpected(opening.error());
    feed::Opening::Arrival arrival = opening.take();
    session::Session made(std::move(arrival.branch), std::move(arrival.annotations));
    if (cursor) made.seek(*cursor);
    co_return made;
}

Pausing<Result<session::Session>> Place::session() {
    std::optional<EventIndex> cursor;
    if (!at.empty()) {
        LOOPSCOPE_CO_TRY(number, event_of(at, "at"));
        cursor = EventIndex{number};
    }
    if (!file.empty()) co_return co_await session_of_file(cursor);
    LOOPSCOPE_CO_TRY(setup, cli::make_setup(program, storage, settings, schedule));
    std::vector<feed::Switch> all;
    for (const std::string& each : switches) {
        LOOPSCOPE_CO_TRY(read, switch_of(each));
        all.push_back(read);
    }
    if (!cursor && all.empty()) co_return session::Session(setup);
    std::uint32_t length = cursor ? cursor->value + 1 : 0;
    for (const feed::Switch& each : all) length = std::max(length, each.after.value + 2);
    feed::Replay replay(setup, all, length);
    while (!is_over(replay.poll(slice))) {
        progress_ = replay.progress();
        co_await Pause();
    }
    session::Session made(replay.take());
    if (cursor) made.seek(*cursor);
    co_return made;
}

std::string state_of(const panels::Workspace& workspace) {
    const session::Session& session = workspace.session();
    Object state;
    state.add("title", session.about().name);
    state.add("note", session.annotations().notes);
    state.add_json("at", fmt::format("{}", session.cursor().value));
    state.add_json("run", fmt::format("{}", session.run()));
    state.add("theme", workspace.appearance().theme().name);
    add_recipe(state, session);
    if (const lesson::OpenLesson* const lesson = workspace.lesson()) {
        state.add("lesson", lesson->document().name());
        state.add_json("score", score_of(lesson->player()));
    }
    if (const auto& demo = workspace.demo()) state.add("demo", demo->demo().file);
    state.add("selected", trace::name(session.state().common_storage()));
    state.add_json("head", fmt::format("{}", session.head().value));
    state.add_json("count", fmt::format("{}", session.index().prints().size()));
    state.add("notice", workspace.notice());
    state.add_json("prints", prints_of(session));
    return state.text();
}

}  // namespace loopscope::web
