// SPDX-License-Identifier: MIT
#include "core/explore/schedule.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/base/number.hpp"
#include "core/scenario/parameter.hpp"

namespace loopscope::explore {
namespace {

/// The maximum number of choices, more than any run has that somebody looks at, so that a typing error does
/// not allocate gigabytes.
constexpr std::uint32_t max_choices = 10'000'000;

tl::unexpected<Error> wrong(std::string_view word) {
    return fail(fmt::format("'{}' is not part of a schedule: write ties, jitter=SECONDS, io, sets, threads, "
                            "ready, or POINT=ALTERNATIVE, such as 12=1",
                            word),
                Error::Code::invalid_argument);
}

Result<Duration> parse_jitter(std::string_view text) {
    const scenario::Parameter parameter{"jitter", {}, scenario::Parameter::Type::duration, "0", 0, 3600};
    LOOPSCOPE_TRY(parsed, scenario::Arguments::create({&parameter, 1}, std::vector<scenario::Setting>{
                                                                           {"jitter", std::string(text)}}));
    return parsed.duration("jitter");
}

Result<void> read_word(std::string_view word, Schedule& schedule) {
    if (bool* const named = freedom_named(word, schedule.freedoms))
        return void(*named = true), Result<void>{};
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) return wrong(word);
    const std::string_view value = word.substr(equals + 1);
    if (word.substr(0, equals) == "jitter") {
        LOOPSCOPE_TRY(jitter, parse_jitter(value));
        schedule.freedoms.jitter = jitter;
        return {};
    }
    const auto point = number_of<std::uint32_t>(word.substr(0, equals));
    const auto alternative = number_of<std::uint32_t>(value);
    if (!point || !alternative || *point >= max_choices) return wrong(word);
    schedule.choices.resize(std::max<std::size_t>(schedule.choices.size(), *point + std::size_t{1}));
    schedule.choices[*point] = *alternative;
    return {};
}

}  // namespace

bool* freedom_named(std::string_view word, loop::Freedoms& freedoms) {
    const std::pair<std::string_view, bool*> names[] = {{"ties", &freedoms.ties},
                                                        {"io", &freedoms.io},
                                                        {"sets", &freedoms.sets},
                                                        {"threads", &freedoms.threads},
                                                        {"ready", &freedoms.ready}};
    const auto* const found = std::ranges::find(names, word, &std::pair<std::string_view, bool*>::first);
    return found == std::end(names) ? nullptr : found->second;
}

std::size_t deviations(const Choices& choices) {
    return choices.size() - static_cast<std::size_t>(std::ranges::count(choices, 0U));
}

Choices choices_of(const std::vector<Point>& points) {
    std::size_t size = points.size();
    while (size > 0 && points[size - 1].taken == 0) --size;
    Choices choices(size);
    for (std::size_t at = 0; at < size; ++at) choices[at] = points[at].taken;
    return choices;
}

bool is_possible(const std::vector<Point>& points) {
    return std::ranges::none_of(
        points, [](const Point& point) { return point.taken != 0 && point.freedom == loop::Freedom::ready; });
}

std::string text_of(const Schedule& schedule) {
    std::string text;
    const auto add = [&](const std::string& word) { text += (text.empty() ? "" : ",") + word; };
    if (schedule.freedoms.ties) add("ties");
    if (schedule.freedoms.jitter > Duration::zero())
        add(fmt::format("jitter={}", std::chrono::duration<double>(schedule.freedoms.jitter).count()));
    if (schedule.freedoms.io) add("io");
    if (schedule.freedoms.sets) add("sets");
    if (schedule.freedoms.threads) add("threads");
    if (schedule.freedoms.ready) add("ready");
    for (std::size_t point = 0; point < schedule.choices.size(); ++point) {
        if (schedule.choices[point] != 0) add(fmt::format("{}={}", point, schedule.choices[point]));
    }
    return text;
}

Result<Schedule> parse_schedule(std::string_view text) {
    Schedule schedule;
    schedule.freedoms.ties = false;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        LOOPSCOPE_CHECK(read_word(text.substr(0, comma), schedule));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return schedule;
}

}  // namespace loopscope::explore
