// SPDX-License-Identifier: MIT
#include "core/exchange/chrome_export.hpp"

// Format: "Trace Event Format", the document that Chrome's and Perfetto's documentation name.

#include <algorithm>
#include <unordered_set>

#include "core/exchange/activity.hpp"
#include "core/exchange/buffered_file.hpp"
#include "core/exchange/chrome_imported.hpp"
#include "core/exchange/chrome_records.hpp"
#include "core/exchange/imported.hpp"
#include "core/exchange/own_info.hpp"

namespace loopscope::exchange {
namespace {

constexpr std::uint64_t process_number = 1;
/// Added to a task's number to make its tid. Threads have their own numbers, from 1, so that the first one is
/// the main thread, whose tid is the pid; there is no tid 0, which Perfetto takes for none.
constexpr Track first_task_number = 10'000;

std::uint64_t tid_of(Track track) {
    return track > first_thread_track ? track - first_thread_track : first_task_number + track;
}

/// Returns a moment within a slice, and not at its border if there is another one: who looks for the slice at
/// that time must not find its neighbour.
Time inside(const Slice& slice, Time time) {
    const Duration edge = slice.end - slice.begin > Duration(1) ? Duration(1) : Duration(0);
    return std::clamp(time, slice.begin + edge, std::max(slice.begin + edge, slice.end - edge));
}

class ChromeWriter final : public Visitor {
  public:
    ChromeWriter(ChromeRecords& out, const trace::Log& log, const format::Info& info) : out_(out), log_(log) {
        name("process_name", own_process);
        out_.close().end();
        out_.begin("i").string("name", "begin").string("cat", "loop").string("s", "p");
        out_.number("pid", process_number).number("tid", tid_of(main_track)).time("ts", Time(0));
        out_.open("args");
        for (const auto& [name, text] : own_arguments(log, info)) out_.string(name, text);
        out_.close().end();
    }

    void track(Track track, const std::string& name) override {
        const std::uint64_t tid = tid_of(track);
        out_.begin("M").string("name", "thread_name").number("pid", process_number).number("tid", tid);
        out_.open("args").string("name", name).close().end();
        out_.begin("M").string("name", "thread_sort_index").number("pid", process_number).number("tid", tid);
        out_.open("args").number("sort_index", tid).close().end();
    }
    void slice(const Slice& slice) override {
        begin("X", slice.name, category(slice.kind));
        where(slice.track, slice.begin).time("dur", slice.end - slice.begin);
        end(slice.events);
        if (slice.arrives != 0 && leaves_slice_.erase(slice.arrives) != 0)
            flow("f", slice.arrives, slice.track, inside(slice, slice.begin));
        for (const Instant& each : slice.instants) add(slice, each);
    }
    void beginning(const Slice& slice) override {
        Slice so_far;  // its end is not known yet
        so_far.track = slice.track;
        so_far.begin = slice.begin;
        so_far.end = Time::max();
        for (const Instant& each : slice.instants) add(so_far, each);
    }
    void instant(Track track, const Instant& instant) override {
        begin("i", instant.name, category(instant.kind)).string("s", "t");
        where(track, instant.time);
        end(instant.events);
    }
    [[nodiscard]] bool has_enough(EventIndex at) override { return !out_.goes_on(at); }

  private:
    /// Adds an instant of a slice. A flow that leaves outside all slices has nothing that it could be bound
    /// to, so such flows are not written.
    void add(const Slice& slice, const Instant& instant) {
        if (instant.leaves != 0) {
            flow("s", instant.leaves, slice.track, inside(slice, instant.time));
            leaves_slice_.insert(instant.leaves);
        }
        this->instant(slice.track, instant);
    }
    void flow(std::string_view phase, Flow flow, Track track, Time time) {
        begin(phase, "wake", "flow").number("id", flow);
        if (phase == "f") out_.string("bp", "e");
        where(track, time).end();
    }
    ChromeRecords& begin(std::string_view phase, std::string_view name, std::string_view category) {
        return out_.begin(phase).string("name", name).string("cat", category);
    }
    ChromeRecords& where(Track track, Time time) {
        return out_.number("pid", process_number).number("tid", tid_of(track)).time("ts", time);
    }
    void end(const std::vector<EventRun>& events) {
        if (!events.empty()) {
            words_.clear();
            append_in_words(words_, log_, events);
            // Not among the arguments, of which speedscope makes a part of a frame's name.
            out_.string(own_events_argument, words_);
        }
        out_.end();
    }
    ChromeRecords& name(std::string_view what, std::string_view given) {
        out_.begin("M").string("name", what).number("pid", process_number);
        return out_.open("args").string("name", given);
    }

    ChromeRecords& out_;
    const trace::Log& log_;
    std::unordered_set<Flow> leaves_slice_;  // flows that have not arrived
    std::string words_;
};

}  // namespace

Result<void> write_chrome(const std::filesystem::path& path, const trace::Log& log, const format::Info& info,
                          const Progress& progress) {
    LOOPSCOPE_TRY(file, BufferedFile::open(path, log, info, progress));
    ChromeRecords out(file);
    if (has_loop(log) || !has_tracks(log)) {
        ChromeWriter writer(out, log, info);
        visit(log, writer);
    }
    if (has_tracks(log)) write_imported(out, log);
    out.finish();
    return file.commit();
}

}  // namespace loopscope::exchange
