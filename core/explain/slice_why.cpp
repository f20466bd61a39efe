// SPDX-License-Identifier: MIT
#include "core/explain/slice_why.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/explain/slice_view.hpp"

namespace loopscope::explain {
namespace {

using namespace trace;

/// The maximum number of slices that a sentence names of those that one is inside of.
constexpr std::size_t max_named = 3;
/// The maximum number of flows that a sentence tells of.
constexpr std::size_t max_flows_told = 2;

/// Puts into words what stands at a cursor.
class SliceWhy {
  public:
    explicit SliceWhy(const Facts& facts) : facts_(facts), view_(slice_view(facts)) {}

    [[nodiscard]] Why tell() const {
        switch (view_.what) {
            case SliceView::What::slice: return {slice(), inside_of(), {}, flows()};
            case SliceView::What::instant:
                return {fmt::format("{} happens{} at {}.", name(), on_track(), facts_.time(view_.event)),
                        inside_of(),
                        {},
                        {}};
            case SliceView::What::count:
                return {fmt::format("The counter {}{} is {} from {} on.", name(), of_track(),
                                    value_text(view_.value), facts_.time(view_.event)),
                        {},
                        {},
                        {}};
            case SliceView::What::nothing: break;
        }
        return {fmt::format("This trace has {}.", slice_totals(facts_.index).text()), {}, {}, {}};
    }

  private:
    [[nodiscard]] std::string name() const {
        return view_.name.empty() ? "Something without a name" : excerpt(view_.name);
    }
    [[nodiscard]] const TrackInfo& info() const { return facts_.index.tracks().track(view_.track); }
    [[nodiscard]] std::string label(std::uint32_t track) const {
        return track_label(facts_.log, facts_.index, track);
    }
    [[nodiscard]] std::string on_track() const {
        return fmt::format(" on {}{}", label(view_.track), of_process());
    }
    [[nodiscard]] std::string of_track() const {
        return view_.track ? fmt::format(" of {}", label(view_.track)) : "";
    }
    [[nodiscard]] std::string of_process() const {
        return info().parent ? fmt::format(" of {}", label(info().parent)) : "";
    }

    /// Returns whether it is the life of a resource, in which that runs only now and then.
    [[nodiscard]] bool is_life() const {
        return view_.track && info().kind == TrackKind::resource && view_.inside_of.empty();
    }

    /// Returns what the slice does, by what its track shows.
    [[nodiscard]] std::string slice() const {
        const std::string from = facts_.time(view_.event);
        if (is_life()) return life(from);
        const bool is_operation = info().kind == TrackKind::operation;
        const std::string who = is_operation ? name() + id() + of_process() : name();
        const std::string where = is_operation ? "" : on_track();
        if (!view_.end)
            return fmt::format("{} begins{} at {}; the trace does not say when it ends.", who, where, from);
        return fmt::format("{} {}{} for {}, from {} on{}.", who, is_operation ? "goes on" : "runs", where,
                           duration_text(*view_.end - view_.begin), from, inner());
    }

    [[nodiscard]] std::string life(const std::string& from) const {
        const std::string of = info().cause ? fmt::format("; it came of {}", label(info().cause)) : "";
        if (!view_.end)
            return fmt::format("{}{} exists from {} on{}; the trace does not say how long.", name(), id(),
                               from, of);
        const std::string runs =
            view_.inner == 0
                ? "it never runs"
                : fmt::format("it runs {}",
                              view_.inner == 1 ? "once" : fmt::format("{} times", count_text(view_.inner)));
        return fmt::format("{}{} exists for {}, from {} on{}; {}.", name(), id(),
                           duration_text(*view_.end - view_.begin), from, of, runs);
    }

    /// Returns the number by which the file knows the track, with a space before it.
    [[nodiscard]] std::string id() const {
        const StringId identity = info().identity;
        return identity ? fmt::format(" {}", excerpt(facts_.log.strings()[identity])) : "";
    }

    [[nodiscard]] std::string inner() const {
        if (view_.inner == 0 || !view_.own) return {};
        return fmt::format("; {} inside of it {} {} of that",
                           view_.inner == 1 ? "a slice" : fmt::format("{} slices", count_text(view_.inner)),
                           view_.inner == 1 ? "takes" : "take",
                           duration_text(*view_.end - view_.begin - *view_.own));
    }

    [[nodiscard]] std::string inside_of() const {
        if (view_.inside_of.empty()) return {};
        const std::size_t named = std::min(view_.inside_of.size(), max_named);
        std::string text = "It is inside of ";
        for (std::size_t each = 0; each < named; ++each)
            text += fmt::format("{}{}", each == 0 ? "" : ", in ", view_.inside_of[each].name);
        const std::size_t rest = view_.inside_of.size() - named;
        if (rest == 0) return text + ".";
        const bool all = view_.inside_of.size() < SliceView::max_inside_of;
        return text + fmt::format(", and {}{} more.", all ? "" : "at least ", rest);
    }

    [[nodiscard]] std::string flows() const {
        std::string text;
        for (const bool leads_here : {true, false}) {
            const std::string sentence = flows(leads_here);
            if (!sentence.empty()) text += (text.empty() ? "" : " ") + sentence;
        }
        return text;
    }

    [[nodiscard]] std::string flows(bool leads_here) const {
        std::string text;
        std::string flow;
        std::size_t told = 0;
        std::size_t all = 0;
        for (const SliceView::Other& each : view_.flows) {
            if (each.leads_here != leads_here || ++all > max_flows_told) continue;
            ++told;
            text += fmt::format("{}{} on {}", told == 1 ? "" : ", and ", each.name, label(each.track));
            if (all == 1) flow = each.flow;
            if (each.flow != flow) flow.clear();  // they have no name in common
        }
        if (told == 0) return {};
        if (all > told) text += fmt::format(", and {} more", all - told);
        const std::string_view called = flow.empty() ? "" : " called ";
        return fmt::format("{}{}{} {} {} {}.", all == 1 ? "A flow" : "Flows", called, flow,
                           all == 1 ? "leads" : "lead", leads_here ? "to it from" : "from it to", text);
    }

    const Facts& facts_;
    SliceView view_;
};

}  // namespace

Why slice_why(const Facts& facts) {
    return SliceWhy(facts).tell();
}

Surroundings surroundings(const Facts& facts) {
    const SliceView view = slice_view(facts);
    Surroundings around;
    for (const SliceView::Other& each : view.flows) {
        std::string text = fmt::format("{} {} on {}", each.leads_here ? "from" : "to", each.name,
                                       track_label(facts.log, facts.index, each.track));
        if (!each.flow.empty()) text += ": " + each.flow;
        around.flows.push_back({each.event, {}, std::move(text)});
    }
    for (const SliceView::Other& each : view.inside_of)
        around.inside_of.push_back(
            {each.event, {}, fmt::format("{}, from {} on", each.name, facts.time(each.event))});
    return around;
}

}  // namespace loopscope::explain
