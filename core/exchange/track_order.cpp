// SPDX-License-Identifier: MIT
#include "core/exchange/track_order.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "core/base/number.hpp"
#include "core/exchange/track_records.hpp"

namespace loopscope::exchange {
namespace {

using trace::Kind;
using trace::TrackKind;

using IdOrder = std::tuple<bool, double, std::string_view>;

/// Returns what ids are sorted by: numbers by their values, before other ids, which are sorted as texts.
IdOrder order_of_id(std::string_view id) {
    std::string room;
    const auto number = number_of<double>(comparable_id(id, room));
    const bool is_number = number && !std::isnan(*number);
    return {!is_number, is_number ? *number : 0, id};
}

class Announcer {
  public:
    Announcer(trace::Log& log, const Lanes& lanes, const std::vector<TrackDraft>& drafts,
              const Counters& counters)
        : log_(log), lanes_(lanes), drafts_(drafts), counters_(counters) {
        announced_.of_draft.resize(drafts.size());
        announced_.of_series.resize(counters.all().size());
        processes_.resize(lanes.processes().size());
    }

    AnnouncedTracks run() {
        for (const std::uint32_t draft : sorted_drafts()) {
            const Lane& lane = lanes_.all()[drafts_[draft].lane];
            announced_.of_draft[draft] =
                track(name_of(lane), lane.process == Lanes::no_process ? 0 : process(lane.process), lane.kind,
                      lane.identity);
        }
        causes();
        const auto& all = counters_.all();
        for (std::uint32_t at = 0; at < all.size(); ++at) {
            announced_.of_series[at] = at + 1;
            log_.emit(Kind::counter, at + 1, log_.intern(counters_.label(all[at])).value,
                      process(all[at].process));
        }
        return std::move(announced_);
    }

  private:
    std::uint32_t track(StringId name, std::uint32_t parent, TrackKind kind, StringId identity) {
        return announce_track(log_, tracks_, name, parent, kind, identity);
    }

    /// Returns the track of a process; 0 for what the trace does not say to be one.
    std::uint32_t process(std::uint32_t number) {
        const Process& process = lanes_.processes()[number];
        if (!process.told) return 0;
        std::uint32_t& known = processes_[number];
        if (known == 0) {
            const std::string id(process.id);
            std::string name = process.name ? std::string(log_.strings()[process.name]) : "process " + id;
            if (process.labels) name += fmt::format(" ({})", log_.strings()[process.labels]);
            known = track(log_.intern(name), 0, TrackKind::process, log_.intern(id));
        }
        return known;
    }

    StringId name_of(const Lane& lane) {
        if (lane.name) return lane.name;
        const std::string_view id = log_.strings()[lane.identity];
        const std::string_view kind = lane.kind == TrackKind::thread ? "thread" : "operation";
        return log_.intern(id.empty() ? std::string(kind) : fmt::format("{} {}", kind, id));
    }

    /// Returns the drafts in the order in which they are shown.
    std::vector<std::uint32_t> sorted_drafts() {
        const std::vector<std::uint32_t> places = places_of_processes();
        using Key = std::tuple<std::uint32_t, bool, std::int64_t, IdOrder, std::uint32_t, std::uint32_t,
                               std::uint32_t>;
        std::vector<Key> keys;
        keys.reserve(drafts_.size());
        for (const TrackDraft& draft : drafts_) {
            const Lane& lane = lanes_.all()[draft.lane];
            const std::uint32_t place =
                lane.process == Lanes::no_process ? lane.process : places[lane.process];
            const bool thread = lane.kind == TrackKind::thread;
            keys.emplace_back(place, !thread, thread ? lane.sort_index : 0,
                              order_of_id(thread ? log_.strings()[lane.identity] : std::string_view()),
                              thread ? 0 : lane.group, draft.lane, draft.further);
        }
        std::vector<std::uint32_t> sorted(drafts_.size());
        std::iota(sorted.begin(), sorted.end(), 0U);
        std::ranges::sort(sorted, {}, [&](std::uint32_t draft) -> const Key& { return keys[draft]; });
        return sorted;
    }

    /// Returns which place each process has among all.
    std::vector<std::uint32_t> places_of_processes() {
        const auto& processes = lanes_.processes();
        std::vector<std::uint32_t> sorted(processes.size());
        std::iota(sorted.begin(), sorted.end(), 0U);
        std::ranges::stable_sort(sorted, {}, [&](std::uint32_t at) {
            return std::tuple(processes[at].sort_index, order_of_id(processes[at].id));
        });
        std::vector<std::uint32_t> places(processes.size());
        for (std::uint32_t place = 0; place < sorted.size(); ++place) places[sorted[place]] = place;
        return places;
    }

    /// Writes which tracks came of which: those of a line of causes from its first one on, as its readers
    /// need.
    void causes() {
        std::vector<std::uint32_t> track_of_lane(lanes_.all().size());
        for (std::uint32_t draft = 0; draft < drafts_.size(); ++draft) {
            if (drafts_[draft].further == 0) track_of_lane[drafts_[draft].lane] = announced_.of_draft[draft];
        }
        // Of a resource that was there before the trace began there is no more than what ran of it.
        for (const TrackDraft& draft : drafts_) {
            std::uint32_t& of_id = track_of_lane[lanes_.all()[draft.lane].group];
            if (of_id == 0) of_id = track_of_lane[draft.lane];
        }
        std::vector<bool> done(lanes_.all().size());
        std::vector<std::uint32_t> line;
        for (std::uint32_t lane = 0; lane < lanes_.all().size(); ++lane) {
            for (std::uint32_t at = lane; !done[at]; at = lanes_.all()[at].cause - 1) {
                done[at] = true;
                if (lanes_.all()[at].cause == 0) break;
                line.push_back(at);
            }
            for (; !line.empty(); line.pop_back()) {
                const std::uint32_t came = track_of_lane[line.back()];
                const std::uint32_t of = track_of_lane[lanes_.all()[line.back()].cause - 1];
                if (came != 0 && of != 0 && came != of) log_.emit(Kind::cause, came, 0, of);
            }
        }
    }

    trace::Log& log_;
    const Lanes& lanes_;
    const std::vector<TrackDraft>& drafts_;
    const Counters& counters_;
    AnnouncedTracks announced_;
    std::vector<std::uint32_t> processes_;  // the track of each; 0: none yet
    std::uint32_t tracks_ = 0;
};

}  // namespace

AnnouncedTracks announce_tracks(trace::Log& log, const Lanes& lanes, const std::vector<TrackDraft>& drafts,
                                const Counters& counters) {
    return Announcer(log, lanes, drafts, counters).run();
}

}  // namespace loopscope::exchange
