// SPDX-License-Identifier: MIT
#include "app/cli/compare_files.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "app/cli/outputs.hpp"
#include "app/cli/picture_options.hpp"
#include "app/cli/progress_line.hpp"
#include "app/cli/streams.hpp"
#include "app/screen/picture.hpp"
#include "core/base/escape.hpp"
#include "core/base/result.hpp"
#include "core/explain/why.hpp"
#include "core/explore/observing.hpp"
#include "core/feed/exploration.hpp"
#include "core/feed/opening.hpp"

namespace loopscope::cli {
namespace {

using session::Comparison;
using session::Side;

/// A trace that was read, with all that is known of it.
class Trace {
  public:
    explicit Trace(feed::Opened opened) : opened_(std::move(opened)) {
        analysis_.update(*opened_.log, opened_.log->size());
    }

    [[nodiscard]] const trace::Log& log() const { return *opened_.log; }
    [[nodiscard]] const trace::Index& index() const { return analysis_.index; }
    [[nodiscard]] const feed::Opened& opened() const { return opened_; }
    [[nodiscard]] Side side() const { return {log(), index(), true}; }
    [[nodiscard]] std::string why(EventIndex event) {
        const trace::State& state = analysis_.keyframes.seek(log(), event.value + 1);
        return explain::why({log(), index(), state, event}).text();
    }
    /// Returns how the trace ends, as a phrase.
    [[nodiscard]] std::string ending() const {
        if (!index().end_of_program()) return "has no end";
        return "ends with " + feed::ending_text(explore::observed_in(log(), index()));
    }

  private:
    feed::Opened opened_;
    feed::Analysis analysis_;
};

Result<std::unique_ptr<Trace>> read(const std::string& path) {
    ProgressLine line;
    auto opened = feed::read_trace(path, [&](const exchange::HowFar& how_far, const auto&) {
        if (line.due()) line.show(fmt::format("reading: {}", how_far.text()));
        return true;
    });
    if (!opened) return tl::unexpected(opened.error());
    return std::make_unique<Trace>(std::move(*opened));
}

/// Returns what the sides are called: the names of the files, without what they have in common.
std::pair<std::string, std::string> names_of(const std::string& one, const std::string& other) {
    const std::filesystem::path first(one);
    const std::filesystem::path second(other);
    if (first.stem() != second.stem())
        return {terminal_line(first.stem().string()), terminal_line(second.stem().string())};
    return {terminal_line(one), terminal_line(other)};
}

/// Returns whether the handles of two traces that begin at these events are the same one.
bool is_same_handle(const Trace& one, EventIndex in_one, const Trace& other, EventIndex in_other) {
    const trace::Event& first = one.log()[in_one];
    const trace::Event& second = other.log()[in_other];
    const auto text = [](const Trace& trace, const trace::Event& event) {
        return event.kind() == trace::Kind::callback ? trace.log().strings()[StringId{event.a}]
                                                     : std::string_view();
    };
    return first.kind() == second.kind() && first.subject == second.subject &&
           text(one, first) == text(other, second);
}

/// Returns the first handle of both that is not the same; none: one goes on where the other one ends, or both
/// are the same.
std::optional<HandleIndex> parting(const Trace& one, const Trace& other) {
    const HandleIndex end = std::min(one.index().handles().end_index(), other.index().handles().end_index());
    for (HandleIndex at; at < end; ++at) {
        if (!is_same_handle(one, one.index().handles().first(at), other, other.index().handles().first(at)))
            return at;
    }
    return std::nullopt;
}

std::string parting_text(Trace& one, Trace& other, const std::string& one_name,
                         const std::string& other_name) {
    const auto handle = parting(one, other);
    if (!handle) return {};
    const auto told = [&](Trace& trace) {
        const EventIndex first = trace.index().handles().first(*handle);
        const TaskId task = trace.log()[first].task();
        // Tasks may have the same name: what tells them apart is their number.
        const std::string whose = task ? fmt::format(", task {}", task.value) : "";
        return fmt::format("at {}{}: {}", trace::time_text(trace.index().time(trace.log(), first)), whose,
                           terminal_line(trace.why(first)));
    };
    return fmt::format("They part at handle {}:\n  {}: {}\n  {}: {}\n", handle->value + 1, one_name,
                       told(one), other_name, told(other));
}

std::string why_text(Trace& one, Trace& other, const Comparison& comparison, const std::string& one_name,
                     const std::string& other_name) {
    const auto first = comparison.first_difference();
    if (!first) return {};
    const auto told = [&](Trace& trace, const Side& side) {
        const EventIndex end = trace.index().end_of_program();
        const EventIndex event = side.has(*first) ? trace.index().prints().event(*first) : end;
        return event ? terminal_line(trace.why(event)) : std::string("nothing is known of its end.");
    };
    return fmt::format("Why:\n  {}: {}\n  {}: {}\n", one_name, told(one, comparison.one()), other_name,
                       told(other, comparison.other()));
}

std::string endings_text(const Trace& one, const Trace& other, const std::string& one_name,
                         const std::string& other_name) {
    const std::string first = one.ending();
    const std::string second = other.ending();
    if (first == second) return {};
    return fmt::format("{} {}, {} {}.\n", one_name, terminal_line(first), other_name, terminal_line(second));
}

/// Returns an error if an option was given that means nothing to files.
Result<void> check(const CompareRequest& request) {
    if (!request.storages.empty() || !request.versions.empty() || !request.settings.empty() ||
        !request.other_settings.empty())
        return fail(
            "--storage, --asyncio, --set and --other-set are for programs; two files are compared as they "
            "are",
            Error::Code::invalid_argument);
    Outputs outputs;
    outputs.reads(request.program);
    outputs.reads(request.other_file);
    outputs.writes("--png", request.png, {".png"});
    return outputs.check();
}

}  // namespace

int compare_files(const CompareRequest& request) {
    const auto size = parse_size(request.size);
    if (!size) return report(size.error(), misuse);
    if (const auto sound = check(request); !sound) return report(sound.error(), misuse);
    const auto one = read(request.program);
    if (!one) return report(one.error(), failure);
    const auto other = read(request.other_file);
    if (!other) return report(other.error(), failure);
    const auto [one_name, other_name] = names_of(request.program, request.other_file);
    const Comparison comparison((*one)->side(), (*other)->side());
    const int printed = print(comparison_text(comparison, one_name, other_name) + '\n' +
                              parting_text(**one, **other, one_name, other_name) +
                              comparison_summary(comparison, one_name, other_name) +
                              why_text(**one, **other, comparison, one_name, other_name) +
                              endings_text(**one, **other, one_name, other_name));
    if (!request.png) return printed;
    const timeline::ComparisonPicture picture{comparison, (*one)->opened().info.program, one_name,
                                              other_name};
    const auto saved = screen::write_picture(*request.png, picture, *size);
    return saved ? printed : report(saved.error(), failure);
}

}  // namespace loopscope::cli
