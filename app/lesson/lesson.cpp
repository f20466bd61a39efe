// SPDX-License-Identifier: MIT
#include "app/lesson/lesson.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/lesson/setup.hpp"
#include "core/base/number.hpp"
#include "core/base/result.hpp"

namespace loopscope::lesson {
namespace {

constexpr std::array<std::pair<Ask, std::string_view>, 6> questions = {{
    {Ask::next_print, "next print"},
    {Ask::next_task, "next task"},
    {Ask::writer, "who wrote it"},
    {Ask::leaks_next, "does it leak"},
    {Ask::leaks, "how many leak"},
    {Ask::output, "whole output"},
}};

constexpr std::string_view points = "start, end, before print 3, print 3, leak 1, iteration 2, or time 0.25";

/// The maximum of whole numbers, and of times in seconds, that a lesson may name.
constexpr std::uint32_t max_count = 1'000'000;
constexpr double max_time = 1e6;

std::optional<StopPoint> place_of(std::string_view text) {
    using Kind = StopPoint::Kind;
    if (text == "start") return StopPoint{};
    if (text == "end") return StopPoint{Kind::end, 0, {}};
    constexpr std::array<std::pair<std::string_view, Kind>, 4> counted = {{
        {"before print ", Kind::before_print},
        {"print ", Kind::print},
        {"leak ", Kind::leak},
        {"iteration ", Kind::iteration},
    }};
    for (const auto& [words, kind] : counted) {
        if (!text.starts_with(words)) continue;
        const auto count = number_of<std::uint32_t>(text.substr(words.size()));
        if (!count || *count == 0 || *count > max_count) return std::nullopt;
        return StopPoint{kind, *count, {}};
    }
    constexpr std::string_view clock = "time ";
    if (!text.starts_with(clock)) return std::nullopt;
    const auto time = number_of<double>(text.substr(clock.size()));
    if (!time || !(*time >= 0) || *time > max_time) return std::nullopt;
    return StopPoint{Kind::time, 0, seconds(*time)};
}

/// Makes a lesson of a sheet.
class Reader {
  public:
    explicit Reader(Sheet sheet) : sheet_(std::move(sheet)) {}

    Result<Lesson> read() {
        lesson_.file = sheet_.file;
        for (auto step : {&Reader::front, &Reader::introduction, &Reader::stops}) {
            LOOPSCOPE_CHECK((this->*step)());
        }
        return std::move(lesson_);
    }

  private:
    Result<void> front() {
        if (auto known = sheet_.allow(sheet_.front, {"title", "summary", "program", "storage", "set"});
            !known)
            return known;
        LOOPSCOPE_TRY(title, required(sheet_, "title", "One cell for all"));
        LOOPSCOPE_TRY(summary, required(sheet_, "summary", "what a global does to four tasks"));
        LOOPSCOPE_CHECK(required(sheet_, "program", "indication"));
        LOOPSCOPE_TRY(setup, read_setup(sheet_, sheet_.front, "program", {}));
        lesson_.title = std::move(title);
        lesson_.summary = std::move(summary);
        setup_ = std::move(setup);
        return {};
    }

    Result<void> introduction() {
        if (sheet_.text.empty()) return {};
        Stop& stop = lesson_.stops.emplace_back();
        stop.heading = lesson_.title;
        stop.line = 1;
        stop.run = setup_;
        stop.text = sheet_.text;
        return {};
    }

    Result<void> stops() {
        for (Section& section : sheet_.sections) {
            if (auto done = read_stop(section, lesson_.stops.emplace_back()); !done) return done;
        }
        for (const Stop& stop : lesson_.stops) {
            if (stop.ask != Ask::nothing) return {};
        }
        return sheet_.error(1,
                            "the lesson asks nothing; give a stop a question, such as '- ask: next print'");
    }

    Result<void> read_stop(Section& section, Stop& stop) {
        if (auto known = sheet_.allow(section.entries, {"at", "run", "storage", "set", "ask"}); !known)
            return known;
        stop.heading = section.heading;
        stop.line = section.line;
        stop.text = std::move(section.text);
        stop.afterwards = std::move(section.afterwards);
        for (auto step : {&Reader::run, &Reader::point, &Reader::question}) {
            if (auto done = (this->*step)(section, stop); !done) return done;
        }
        if (stop.ask == Ask::nothing && !stop.afterwards.empty())
            return sheet_.error(section.line,
                                fmt::format("'{}' asks nothing, so nothing can come afterwards; add "
                                            "'- ask: …' or move that text up",
                                            section.heading));
        return {};
    }

    Result<void> run(Section& section, Stop& stop) {
        LOOPSCOPE_TRY(entry, sheet_.find(section.entries, "run"));
        if (entry) {
            LOOPSCOPE_TRY(begun, read_setup(sheet_, section.entries, "run", setup_));
            stop.run = std::move(begun);
            return {};
        }
        if (lesson_.stops.size() == 1) stop.run = setup_;  // the lesson's first stop
        if (const auto set = std::ranges::find(section.entries, "set", &Entry::key);
            set != section.entries.end())
            return sheet_.error(set->line,
                                "a program's parameters cannot change while it runs; add "
                                "'- run: PROGRAM' to start it over");
        LOOPSCOPE_TRY(selected, read_storage(sheet_, section.entries));
        stop.storage = selected;
        return {};
    }

    Result<void> point(Section& section, Stop& stop) {
        LOOPSCOPE_TRY(entry, sheet_.find(section.entries, "at"));
        if (!entry) {
            if (stop.run) return {};
            return sheet_.error(section.line, fmt::format("'{}' does not say where it stops; write '- at: ' "
                                                          "and {}",
                                                          section.heading, points));
        }
        const auto parsed = place_of(entry->value);
        if (!parsed)
            return sheet_.error(
                entry->line, fmt::format("'{}' is not a place to stop at; write {}", entry->value, points));
        stop.point = *parsed;
        return {};
    }

    Result<void> question(Section& section, Stop& stop) {
        LOOPSCOPE_TRY(entry, sheet_.find(section.entries, "ask"));
        if (!entry) return {};
        const auto known =
            std::ranges::find(questions, entry->value, [](const auto& each) { return each.second; });
        if (known == questions.end()) {
            std::string all;
            for (const auto& [_, words] : questions)
                all += fmt::format("{}{}", all.empty() ? "" : ", ", words);
            return sheet_.error(entry->line, fmt::format("'{}' is not a known question; write one of: {}",
                                                         entry->value, all));
        }
        stop.ask = known->first;
        return {};
    }

    Sheet sheet_;
    feed::Setup setup_;  // the run that the front matter names
    Lesson lesson_;
};

}  // namespace

std::string_view name(Ask ask) {
    const auto known = std::ranges::find(questions, ask, [](const auto& each) { return each.first; });
    return known == questions.end() ? std::string_view("nothing") : known->second;
}

Result<Lesson> parse(std::string_view file, std::string_view text) {
    LOOPSCOPE_TRY(sheet, parse_sheet(file, text));
    return Reader(std::move(sheet)).read();
}

}  // namespace loopscope::lesson
