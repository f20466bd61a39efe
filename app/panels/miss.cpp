// SPDX-License-Identifier: MIT
#include "app/panels/miss.hpp"

#include <fmt/format.h>

#include "core/explain/words.hpp"

namespace loopscope::panels {
namespace {

/// Returns a phrase for the end of the trace, which a search forward has reached.
std::string_view end_of(const session::Session& session) {
    if (session.full()) return "the trace ends here";
    const bool runs = session.setup() || session.feed().is_live();
    return runs ? "the program ends here" : "the recording ends here";
}

std::string none_after(const session::Session& session, std::string_view what) {
    if (session.held()) return answer_first;
    if (session.status() == Status::failed) return session.feed().error().message;
    return fmt::format("{} comes after this: {}", what, end_of(session));
}

std::string none_before(std::string_view what) {
    return fmt::format("{} comes before this event", what);
}

std::string name_of(const session::Session& session, TaskId task) {
    return fmt::format("'{}'", explain::task_label(session.log(), session.index(), task));
}

std::string no_step(const Miss& miss, const session::Session& session, std::string_view side) {
    if (!miss.task) return "No task runs here: click a lane first, to follow its task";
    return fmt::format("{} takes no step {} this event", name_of(session, miss.task), side);
}

std::string no_step_after(const Miss& miss, const session::Session& session) {
    if (session.held()) return answer_first;
    if (miss.task && session.status() == Status::failed) return session.feed().error().message;
    return no_step(miss, session, "after");
}

std::string no_difference(const Miss& miss, const session::Session& session, bool forward) {
    if (!session.setup())
        return "There is nothing to compare with: a recording cannot run under another storage";
    const std::string what = fmt::format("No print that differs from {}",
                                         miss.kept_run ? "the kept run" : "what another storage prints");
    return forward ? none_after(session, what) : none_before(what);
}

/// Returns words for a sentence about all of a trace, of which more may come.
std::string_view so_far(const session::Session& session) {
    return session.over() && !session.held() ? "" : "so far ";
}

std::string no_fold(const Miss& miss, const session::Session& session) {
    if (!miss.task) return "No task is selected: click a lane first, then fold it";
    return fmt::format("{} has no tasks below it to fold", name_of(session, miss.task));
}

/// Returns what a command did not find in a trace of tracks; empty for one that means the same there as
/// elsewhere.
std::string none_in_tracks(const Miss& miss, const session::Session& session) {
    constexpr const char* no_reads = "This trace says nothing of variables: no read in it is a leak or stale";
    switch (miss.action) {
        case Action::handle_forward: return "No slice or instant comes after this";
        case Action::handle_back: return none_before("No slice or instant");
        case Action::iteration_forward: return "No outermost slice begins after this";
        case Action::iteration_back: return none_before("No outermost slice");
        case Action::task_forward: return "No slice is beside this one, later: click a slice first";
        case Action::task_back: return "No slice is beside this one, earlier: click a slice first";
        case Action::print_forward: return "No instant comes after this";
        case Action::print_back: return none_before("No instant");
        case Action::leak_forward:
        case Action::leak_back:
        case Action::stale_forward:
        case Action::stale_back: return no_reads;
        case Action::difference_forward:
        case Action::difference_back: return "This trace says nothing of prints that could differ";
        case Action::axis: return "This trace says when things happened: there is no other axis";
        case Action::fold: return "Nothing is selected that can be folded: click the name of a track first";
        case Action::fold_all: return "No track has anything below it to fold";
        case Action::search:
            if (miss.only_here)
                return fmt::format("No other slice or instant has '{}' in its name", miss.text);
            return fmt::format("No slice or instant {}has '{}' in its name", so_far(session), miss.text);
        default: return {};
    }
}

std::string no_text(const Miss& miss, const session::Session& session) {
    if (miss.only_here) return fmt::format("No other event has to do with '{}'", miss.text);
    return fmt::format("No task, output or mark {}contains '{}'", so_far(session), miss.text);
}

}  // namespace

std::string sentence_of(const Miss& miss, const session::Session& session) {
    if (session.index().is_of_tracks()) {
        if (std::string sentence = none_in_tracks(miss, session); !sentence.empty()) return sentence;
    }
    switch (miss.action) {
        case Action::handle_forward:
        case Action::iteration_forward: return none_after(session, "Nothing");
        case Action::handle_back:
        case Action::iteration_back: return none_before("Nothing");
        case Action::task_forward: return no_step_after(miss, session);
        case Action::task_back: return no_step(miss, session, "before");
        case Action::print_forward: return none_after(session, "No print");
        case Action::print_back: return none_before("No print");
        case Action::leak_forward: return none_after(session, "No leak");
        case Action::leak_back: return none_before("No leak");
        case Action::stale_forward: return none_after(session, "No stale read");
        case Action::stale_back: return none_before("No stale read");
        case Action::difference_forward: return no_difference(miss, session, true);
        case Action::difference_back: return no_difference(miss, session, false);
        case Action::search: return no_text(miss, session);
        case Action::undo: return session.held() ? answer_first : "There is nothing to undo";
        case Action::redo: return session.held() ? answer_first : "There is nothing to redo";
        case Action::view_back: return "There is no view to go back to";
        case Action::fit_selection: return "The selected range is on the other axis: press T to go there";
        case Action::fold: return no_fold(miss, session);
        case Action::fold_all: return "No lane has tasks below it to fold";
        case Action::language: return "There is no Python source here";
        case Action::next:
        case Action::back: return "No lesson or demo is open: 3 lists the lessons";
        default: return {};
    }
}

}  // namespace loopscope::panels
