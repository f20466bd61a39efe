// SPDX-License-Identifier: MIT
#include "app/panels/demo.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "app/lesson/setup.hpp"
#include "app/panels/palette.hpp"
#include "core/base/number.hpp"
#include "core/base/result.hpp"

namespace loopscope::demos {
std::string_view file(std::string_view name);  // written by cmake/embed.py
}

namespace loopscope::panels {
namespace {

constexpr double max_wait = 60;
constexpr std::uint32_t max_times = 1000;
/// The maximum number of commands and waits in all steps together: nobody watches a longer demo.
constexpr std::size_t max_items = 4000;
/// The time between repetitions of a command, so that the eye can follow.
constexpr Demo::Wait pace = 0.15;

/// Makes a demo of a sheet.
class Reader {
  public:
    explicit Reader(lesson::Sheet sheet) : sheet_(std::move(sheet)) {}

    Result<Demo> read() {
        LOOPSCOPE_CHECK(sheet_.allow(sheet_.front, {"title", "program", "storage", "set"}));
        LOOPSCOPE_TRY(title, required(sheet_, "title", "The story of the post"));
        LOOPSCOPE_CHECK(required(sheet_, "program", "indication"));
        LOOPSCOPE_TRY(setup, read_setup(sheet_, sheet_.front, "program", {}));
        demo_.title = std::move(title);
        demo_.setup = std::move(setup);
        if (sheet_.sections.empty())
            return sheet_.error(1,
                                "the demo has no steps; write a heading '## …', and below it lines such as "
                                "'- do: Next print'");
        for (lesson::Section& section : sheet_.sections) {
            LOOPSCOPE_CHECK(add(section));
        }
        return std::move(demo_);
    }

  private:
    Result<void> add(lesson::Section& section) {
        if (auto known = sheet_.allow(section.entries, {"do", "wait"}); !known) return known;
        if (!section.afterwards.empty())
            return sheet_.error(section.line, fmt::format("'{}' has a text for afterwards, but a demo asks "
                                                          "nothing; make it a step of its own",
                                                          section.heading));
        Demo::Step step{section.heading, std::move(section.text), {}};
        for (const lesson::Entry& entry : section.entries) {
            auto done = entry.key == "do" ? command(entry, step) : wait(entry, step);
            if (!done) return done;
            if (items_ + step.items.size() > max_items)
                return sheet_.error(entry.line, fmt::format("the demo has more than {} commands and waits by "
                                                            "here; leave some out",
                                                            max_items));
        }
        items_ += step.items.size();
        demo_.steps.push_back(std::move(step));
        return {};
    }

    /// Adds a command, such as `Next print` or `8 times Next print`.
    Result<void> command(const lesson::Entry& entry, Demo::Step& step) {
        constexpr std::string_view times = " times ";
        std::string_view name = entry.value;
        std::uint32_t count = 1;
        if (const std::size_t at = name.find(times); at != std::string_view::npos) {
            const auto parsed = number_of<std::uint32_t>(name.substr(0, at));
            if (!parsed || *parsed == 0 || *parsed > max_times)
                return sheet_.error(entry.line, fmt::format("'{}' is not a number of times; write 1 to {}",
                                                            name.substr(0, at), max_times));
            count = *parsed;
            name.remove_prefix(at + times.size());
        }
        const auto found = std::ranges::find(commands(), name, &Command::name);
        if (found == commands().end()) return unknown(entry.line, name);
        for (std::uint32_t each = 0; each < count; ++each) {
            if (each > 0) step.items.emplace_back(pace);
            step.items.emplace_back(found->action);
        }
        return {};
    }

    Result<void> unknown(std::uint32_t line, std::string_view name) const {
        std::string alike;
        for (const Command& each : commands()) {
            if (fits_query(each.name, name))
                alike += fmt::format("{}'{}'", alike.empty() ? "" : ", ", each.name);
        }
        if (alike.empty()) alike = "a name from the command palette (Ctrl Shift P), exactly as it is there";
        return sheet_.error(line, fmt::format("there is no command '{}'; write {}", name, alike));
    }

    Result<void> wait(const lesson::Entry& entry, Demo::Step& step) {
        const auto parsed = number_of<double>(entry.value);
        if (!parsed || !(*parsed > 0) || *parsed > max_wait)
            return sheet_.error(entry.line,
                                fmt::format("'{}' is not a time to wait; write seconds, more than 0 "
                                            "and at most {:g}",
                                            entry.value, max_wait));
        step.items.emplace_back(*parsed);
        return {};
    }

    lesson::Sheet sheet_;
    Demo demo_;
    std::size_t items_ = 0;
};

}  // namespace

Result<Demo> Demo::parse(std::string_view file, std::string_view text) {
    LOOPSCOPE_TRY(sheet, lesson::parse_sheet(file, text));
    LOOPSCOPE_TRY(demo, Reader(std::move(sheet)).read());
    demo.file = std::filesystem::path(file).filename().string();
    demo.text = text;
    return std::move(demo);
}

std::string_view Demo::embedded(std::string_view file) {
    return demos::file(file);
}

double Demo::length() const {
    double seconds = 0;
    for (const Step& step : steps) {
        for (const auto& item : step.items) {
            if (const Wait* const wait = std::get_if<Wait>(&item)) seconds += *wait;
        }
    }
    return seconds;
}

std::vector<Action> DemoRun::next() {
    std::vector<Action> actions;
    for (const auto& item : left_) {
        if (const Action* const action = std::get_if<Action>(&item)) actions.push_back(*action);
    }
    left_.clear();
    if (index_ == demo_.steps.size()) return actions;
    const auto& items = demo_.steps[index_++].items;
    left_.assign(items.begin(), items.end());
    const std::vector<Action> begun = take();
    actions.insert(actions.end(), begun.begin(), begun.end());
    return actions;
}

std::vector<Action> DemoRun::tick(double passed) {
    if (left_.empty()) return {};
    // The first item is a wait, because take() has removed all commands before it.
    auto& wait = std::get<Demo::Wait>(left_.front());
    wait -= passed;
    if (wait > 0) return {};
    left_.pop_front();
    return take();
}

std::vector<Action> DemoRun::take() {
    std::vector<Action> actions;
    while (!left_.empty()) {
        const Action* const action = std::get_if<Action>(&left_.front());
        if (!action) break;
        actions.push_back(*action);
        left_.pop_front();
    }
    return actions;
}

std::string_view DemoRun::heading() const {
    return index_ == 0 ? std::string_view(demo_.title) : demo_.steps[index_ - 1].heading;
}

std::string_view DemoRun::caption() const {
    return index_ == 0 ? std::string_view() : demo_.steps[index_ - 1].caption;
}

}  // namespace loopscope::panels
