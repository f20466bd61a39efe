// SPDX-License-Identifier: MIT
#include "core/exchange/perfetto_imported.hpp"

#include <bit>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/base/number.hpp"
#include "core/exchange/imported.hpp"
#include "core/exchange/json_value.hpp"

namespace loopscope::exchange {
namespace {

using trace::FlowPoint;
using trace::TrackInfo;
using trace::TrackKind;

// The uuids of tracks and counters: behind those of all tasks and threads.
constexpr std::uint64_t first_track_uuid = std::uint64_t{1} << 40;
constexpr std::uint64_t first_counter_uuid = std::uint64_t{1} << 41;
/// Added to a track's number to make a pid, where its file has said none.
constexpr std::int32_t first_pid = 1'000'000'000;

class ImportedPerfettoWriter final : public ImportedVisitor {
  public:
    ImportedPerfettoWriter(PerfettoPackets& out, const trace::Log& log) : out_(out), log_(log) {}

    void tracks(const trace::Tracks& tracks) override {
        tracks_ = &tracks;
        const auto count = static_cast<std::uint32_t>(tracks.tracks().size());
        for (std::uint32_t track = 1; track <= count; ++track) describe(track);
        for (std::uint32_t counter = 1; counter <= tracks.counters().size(); ++counter)
            describe_counter(counter);
    }
    void record(const ImportedRecord& record) override;
    void end(std::uint32_t track, Time time) override {
        out_.begin(perfetto::event::slice_end, first_track_uuid + track);
        out_.end(time);
    }
    void flow(std::uint32_t track, Time time, const ImportedFlow& flow) override {
        out_.begin(perfetto::event::instant, first_track_uuid + track);
        out_.category(perfetto::flow_category);
        out_.name(flow.name.empty() ? perfetto::flow_category : flow.name);
        add_flow(flow, true);
        out_.end(time);
    }
    void count(std::uint32_t counter, Time time, double value) override {
        out_.begin(perfetto::event::counted, first_counter_uuid + counter);
        out_.event().fixed64(perfetto::event::double_counter_value, std::bit_cast<std::uint64_t>(value));
        out_.end(time);
    }
    [[nodiscard]] bool has_enough(EventIndex at) override { return !out_.goes_on(at); }

  private:
    void describe(std::uint32_t track);
    void describe_counter(std::uint32_t counter);
    [[nodiscard]] Message process(std::uint32_t track, std::int32_t pid) const;
    /// Returns a thread, as a message; nothing if there is one with its number already, or it has none.
    [[nodiscard]] std::optional<Message> thread(const TrackInfo& info);
    void add_flow(const ImportedFlow& flow, bool alone);
    void argument(std::string_view name, std::string_view value) {
        out_.argument(name, values_.is_value(value) ? perfetto::annotation::json : perfetto::annotation::text,
                      value);
    }
    [[nodiscard]] std::string_view string(StringId id) const { return log_.strings()[id]; }

    PerfettoPackets& out_;
    const trace::Log& log_;
    const trace::Tracks* tracks_ = nullptr;
    JsonValues values_;
    std::vector<std::int32_t> pids_;              // of the process of track n, at n - 1; 0: it is of none
    std::unordered_set<std::int32_t> processes_;  // pids of their own
    std::unordered_set<std::uint64_t> threads_;   // pids and tids
};

void ImportedPerfettoWriter::describe(std::uint32_t track) {
    const TrackInfo& info = tracks_->track(track);
    pids_.push_back(info.parent == 0 ? 0 : pids_[info.parent - 1]);
    Message descriptor;
    descriptor.number(perfetto::descriptor::uuid, first_track_uuid + track);
    if (info.parent != 0) descriptor.number(perfetto::descriptor::parent, first_track_uuid + info.parent);
    descriptor.number(perfetto::descriptor::rank, track);
    std::optional<Message> as_thread;
    if (info.kind == TrackKind::process) {
        // Tracks of one pid are one process to Perfetto, also where it was used again.
        const auto pid = number_of<std::int32_t>(string(info.identity));
        const bool is_free = pid && processes_.insert(*pid).second;
        pids_.back() = is_free ? *pid : first_pid + static_cast<std::int32_t>(track % first_pid);
        descriptor.message(perfetto::descriptor::process, process(track, pids_.back()));
        descriptor.number(perfetto::descriptor::child_ordering, perfetto::descriptor::explicit_ordering);
    } else if (info.kind == TrackKind::thread) {
        as_thread = thread(info);
    }
    if (as_thread) {
        descriptor.message(perfetto::descriptor::thread, *as_thread);
    } else if (info.kind != TrackKind::process) {
        descriptor.text(perfetto::descriptor::name, clean_utf8(string(info.name)));
        descriptor.number(perfetto::descriptor::sibling_merge, perfetto::descriptor::merge_none);
    }
    out_.describe(descriptor);
}

Message ImportedPerfettoWriter::process(std::uint32_t track, std::int32_t pid) const {
    Message process;
    process.number(perfetto::process::pid, static_cast<std::uint64_t>(std::int64_t{pid}));
    process.text(perfetto::process::name, clean_utf8(string(tracks_->track(track).name)));
    return process;
}

std::optional<Message> ImportedPerfettoWriter::thread(const TrackInfo& info) {
    const auto tid = number_of<std::int32_t>(string(info.identity));
    const std::int32_t pid = pids_.back();
    // To Perfetto a thread without a process is none, and tid 0 is the idle thread of a processor.
    if (!tid || *tid == 0 || pid == 0) return std::nullopt;
    const std::uint64_t both =
        std::uint64_t{static_cast<std::uint32_t>(pid)} << 32 | static_cast<std::uint32_t>(*tid);
    if (!threads_.insert(both).second) return std::nullopt;
    Message thread;
    thread.number(perfetto::thread::pid, static_cast<std::uint64_t>(std::int64_t{pid}))
        .number(perfetto::thread::tid, static_cast<std::uint64_t>(std::int64_t{*tid}))
        .text(perfetto::thread::name, clean_utf8(string(info.name)));
    return thread;
}

void ImportedPerfettoWriter::describe_counter(std::uint32_t counter) {
    const trace::CounterInfo& info = tracks_->counters()[counter - 1];
    Message descriptor;
    descriptor.number(perfetto::descriptor::uuid, first_counter_uuid + counter)
        .text(perfetto::descriptor::name, clean_utf8(string(info.name)))
        .message(perfetto::descriptor::counter, {})
        .number(perfetto::descriptor::sibling_merge, perfetto::descriptor::merge_none);
    if (info.track != 0) descriptor.number(perfetto::descriptor::parent, first_track_uuid + info.track);
    out_.describe(descriptor);
}

void ImportedPerfettoWriter::record(const ImportedRecord& record) {
    out_.begin(record.is_slice ? perfetto::event::slice_begin : perfetto::event::instant,
               first_track_uuid + record.track);
    if (!record.category.empty()) out_.category(record.category);
    out_.name(record.name);
    for (const auto& [name, value] : record.arguments) argument(name, value);
    for (const ImportedFlow& each : record.flows) add_flow(each, false);
    out_.end(record.begin);
}

/// Adds a flow to the event under way. `alone`: the event is nothing but its place.
void ImportedPerfettoWriter::add_flow(const ImportedFlow& flow, bool alone) {
    const bool ends = flow.point == FlowPoint::end;
    out_.event().fixed64(ends ? perfetto::event::flow_ends : perfetto::event::flow, flow.number);
    const bool names = flow.point == FlowPoint::start && !flow.name.empty();
    if (!names && !alone && flow.arguments.empty()) return;
    const std::string about = fmt::format("{}{}", perfetto::flow_argument, flow.number);
    if (names || alone) out_.argument(about, perfetto::annotation::text, flow.name);
    if (names && !flow.category.empty())
        out_.argument(about + std::string(perfetto::flow_category_argument), perfetto::annotation::text,
                      flow.category);
    for (const auto& [name, value] : flow.arguments)
        argument(fmt::format("{}{}{}", about, perfetto::flow_argument_separator, name), value);
}

}  // namespace

void write_imported(PerfettoPackets& out, const trace::Log& log) {
    ImportedPerfettoWriter writer(out, log);
    visit(log, writer);
}

}  // namespace loopscope::exchange
