// SPDX-License-Identifier: MIT
#include "core/exchange/perfetto_export.hpp"

#include "core/exchange/activity.hpp"
#include "core/exchange/buffered_file.hpp"
#include "core/exchange/imported.hpp"
#include "core/exchange/own_info.hpp"
#include "core/exchange/perfetto_imported.hpp"
#include "core/exchange/perfetto_packets.hpp"

namespace loopscope::exchange {
namespace {

constexpr std::uint64_t process_number = 1;
constexpr std::uint64_t process_uuid = 1;

std::uint64_t uuid_of(Track track) {
    return std::uint64_t{track} + 2;
}

class PerfettoWriter final : public Visitor {
  public:
    PerfettoWriter(PerfettoPackets& out, const trace::Log& log, const format::Info& info)
        : out_(out), log_(log) {
        Message process;
        process.number(perfetto::process::pid, process_number)
            .text(perfetto::process::name, std::string(own_process));
        Message descriptor;
        descriptor.number(perfetto::descriptor::uuid, process_uuid)
            .message(perfetto::descriptor::process, process)
            .number(perfetto::descriptor::child_ordering, perfetto::descriptor::explicit_ordering);
        out_.describe(descriptor);
        out_.begin(perfetto::event::instant, process_uuid);
        out_.category("loop");
        out_.name("begin");
        for (const auto& [name, text] : own_arguments(log, info))
            out_.argument(name, perfetto::annotation::text, text);
        out_.end(Time(0));
    }

    void track(Track track, const std::string& name) override {
        Message descriptor;
        descriptor.number(perfetto::descriptor::uuid, uuid_of(track))
            .number(perfetto::descriptor::parent, process_uuid);
        if (track > first_thread_track) {
            Message thread;
            thread.number(perfetto::thread::pid, process_number)
                .number(perfetto::thread::tid, track - first_thread_track)
                .text(perfetto::thread::name, clean_utf8(name));
            descriptor.message(perfetto::descriptor::thread, thread);
        } else {
            descriptor.text(perfetto::descriptor::name, clean_utf8(name))
                .number(perfetto::descriptor::rank, track)
                .number(perfetto::descriptor::sibling_merge, perfetto::descriptor::merge_none);
        }
        out_.describe(descriptor);
    }

    void beginning(const Slice& slice) override {
        if (!slice.begun) {
            begin(perfetto::event::slice_begin, slice.track, slice.name, category(slice.kind));
            if (slice.arrives != 0) out_.event().fixed64(perfetto::event::flow_ends, slice.arrives);
            end(slice.begin, slice.events);
        }
        for (const Instant& each : slice.instants) instant(slice.track, each);
    }

    void slice(const Slice& slice) override {
        beginning(slice);
        out_.begin(perfetto::event::slice_end, uuid_of(slice.track));
        if (slice.begun)
            end(slice.end, slice.events);
        else
            out_.end(slice.end);
    }

    void instant(Track track, const Instant& instant) override {
        begin(perfetto::event::instant, track, instant.name, category(instant.kind));
        if (instant.leaves != 0) out_.event().fixed64(perfetto::event::flow, instant.leaves);
        end(instant.time, instant.events);
    }
    [[nodiscard]] bool has_enough(EventIndex at) override { return !out_.goes_on(at); }

  private:
    void begin(std::uint64_t type, Track track, std::string_view name, std::string_view category) {
        out_.begin(type, uuid_of(track));
        out_.category(category);
        out_.name(name);
    }
    void end(Time time, const std::vector<EventRun>& events) {
        if (!events.empty()) {
            words_.clear();
            append_in_words(words_, log_, events);
            out_.argument(own_events_argument, perfetto::annotation::text, words_);
        }
        out_.end(time);
    }

    PerfettoPackets& out_;
    const trace::Log& log_;
    std::string words_;
};

}  // namespace

Result<void> write_perfetto(const std::filesystem::path& path, const trace::Log& log,
                            const format::Info& info, const Progress& progress) {
    LOOPSCOPE_TRY(file, BufferedFile::open(path, log, info, progress));
    PerfettoPackets out(file);
    if (has_loop(log) || !has_tracks(log)) {
        PerfettoWriter writer(out, log, info);
        visit(log, writer);
    }
    if (has_tracks(log)) write_imported(out, log);
    return file.commit();
}

}  // namespace loopscope::exchange
