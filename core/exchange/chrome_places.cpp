// SPDX-License-Identifier: MIT
#include "core/exchange/chrome_places.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/exchange/json_value.hpp"

namespace loopscope::exchange {
namespace {

using trace::TrackInfo;
using trace::TrackKind;

/// Added to a track's number to make a pid or a tid, where its file has said none that tells it from others.
constexpr std::uint64_t first_number = 1'000'000'000;

std::string number_text(std::uint32_t track) {
    return fmt::format("{}", first_number + track);
}

/// Returns whether an id is written as a number.
bool is_number(std::string_view id) {
    if (id.size() > ChromePlaces::max_digits || !is_json_number(id)) return false;
    return id.find_first_of(".eE") == std::string_view::npos && id != "-0";
}

/// Returns an id as JSON.
std::string id_text(std::string_view id) {
    return is_number(id) ? std::string(id) : json_string(id);
}

}  // namespace

ChromePlaces::ChromePlaces(const trace::Log& log, const trace::Tracks& tracks) : log_(log), tracks_(tracks) {
    const auto count = static_cast<std::uint32_t>(tracks.tracks().size());
    places_.reserve(count);
    for (std::uint32_t track = 1; track <= count; ++track) places_.push_back(place_of(track));
    tell_resources_apart();
    tell_operations_apart();
    place_counters();
}

/// Returns the pid of the process that a track is of, as JSON; empty: it is of none. The second process of a
/// pid, as one that was used again, has a pid of its own.
std::string ChromePlaces::process_of(std::uint32_t track) {
    const TrackInfo& info = tracks_.track(track);
    if (info.kind == TrackKind::process) {
        const std::string pid = info.identity ? id_text(string(info.identity)) : "";
        return !pid.empty() && pids_.insert(pid).second ? pid : number_text(track);
    }
    return info.parent == 0 ? std::string() : places_[info.parent - 1].process;  // the parent came before
}

ChromePlace ChromePlaces::place_of(std::uint32_t track) {
    const TrackInfo& info = tracks_.track(track);
    ChromePlace place;
    place.process = process_of(track);
    const std::string id = info.identity ? id_text(string(info.identity)) : "";
    switch (info.kind) {
        case TrackKind::process:
            place.form = ChromePlace::Form::process;
            // What happens on it needs a thread, or else it is taken for that of another one.
            if (info.slices + info.instants > 0) place.thread = number_text(track);
            return place;
        case TrackKind::operation:
        case TrackKind::resource:
            place.form = ChromePlace::Form::operation;
            place.id = id.empty() ? json_string("track " + number_text(track)) : id;
            return place;
        case TrackKind::plain: place.thread = number_text(track); break;
        case TrackKind::thread: place.thread = id; break;
    }
    const auto [first, added] = threads_.emplace(Key(place.process, place.thread), track);
    if (added) return place;
    if (tracks_.track(first->second).name != info.name) {
        place.thread = number_text(track);  // a thread of another name, whose tid was used again
        return place;
    }
    place.is_first = false;
    place.shared = places_[first->second - 1].shared = true;
    return place;
}

/// Gives resources a thread where several of a process have the same id: in Node each thread numbers its own.
/// All that came of one resource are those of one thread, so that the ids in their arguments name them and no
/// others.
void ChromePlaces::tell_resources_apart() {
    std::set<Key> ids;
    std::set<std::string> processes;
    for (std::uint32_t track = 1; track <= places_.size(); ++track) {
        const ChromePlace& place = places_[track - 1];
        if (tracks_.track(track).kind == TrackKind::resource && !ids.emplace(place.process, place.id).second)
            processes.insert(place.process);
    }
    if (processes.empty()) return;
    for (std::uint32_t track = 1; track <= places_.size(); ++track) {
        const TrackInfo& info = tracks_.track(track);
        // Of a resource that was there before the trace began there is an operation, of what ran of it.
        const bool is_one = info.kind == TrackKind::resource ||
                            (info.kind == TrackKind::operation && string(info.name).ends_with("_CALLBACK"));
        if (is_one && processes.contains(places_[track - 1].process))
            places_[track - 1].thread = number_text(info.root);
    }
}

/// Finds the operations that have a process and an id in common with others.
void ChromePlaces::tell_operations_apart() {
    std::map<Key, std::uint32_t> numbers;
    std::vector<std::uint32_t> groups(places_.size());  // 1 + that of each operation; 0: of what is none
    std::uint32_t operations = 0;
    for (std::uint32_t track = 1; track <= places_.size(); ++track) {
        if (tracks_.track(track).kind != TrackKind::operation) continue;
        ++operations;
        const ChromePlace& place = places_[track - 1];
        groups[track - 1] = numbers.emplace(Key(place.process, place.id), numbers.size() + 1).first->second;
    }
    if (numbers.size() < operations) tell_overlapping_apart(groups);
}

/// Gives operations a scope that are under way at the same time as another one of their process, id and
/// category: they would be inside of each other.
void ChromePlaces::tell_overlapping_apart(const std::vector<std::uint32_t>& groups) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> last;  // track by group and category
    std::vector<std::uint32_t> open(places_.size());                        // slices
    for (EventIndex at; at < log_.end_index(); ++at) {
        const trace::Event& event = log_[at];
        const bool begins = event.kind() == trace::Kind::slice;
        if ((!begins && event.kind() != trace::Kind::slice_end) || groups[event.subject - 1] == 0) continue;
        std::uint32_t& depth = open[event.subject - 1];
        if (!begins) {
            --depth;
            continue;
        }
        if (depth++ > 0 || !places_[event.subject - 1].scope.empty()) continue;
        std::uint32_t& other = last[{groups[event.subject - 1], event.b}];
        if (other != 0 && other != event.subject && open[other - 1] > 0)
            places_[event.subject - 1].scope = fmt::format("track {}", event.subject);
        else
            other = event.subject;
    }
}

/// Finds out what the counters are called in the file: those of one name in one process are one to readers,
/// unless they have ids.
void ChromePlaces::place_counters() {
    std::set<Key> taken;
    for (const trace::CounterInfo& info : tracks_.counters()) {
        ChromeCounter place{std::string(string(info.name)), {}, info.track};
        if (place.name.empty()) place.name = "counter";
        const std::string process = info.track != 0 ? places_[info.track - 1].process : "";
        if (!taken.emplace(process, place.name).second) place.id = fmt::format("{}", counters_.size() + 1);
        counters_.push_back(std::move(place));
    }
}

}  // namespace loopscope::exchange
