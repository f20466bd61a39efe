#include "core/exchange/perfetto_export.hpp"

// Field numbers: protos/perfetto/trace/trace_packet.proto, track_event/*.proto and interned_data.proto of
// Perfetto.

#include <bit>
#include <unordered_map>

#include "core/base/utf8.hpp"
#include "core/exchange/activity.hpp"
#include "core/exchange/buffered_file.hpp"
#include "core/exchange/protobuf.hpp"

namespace loopscope::exchange {
namespace {

namespace trace_field {
constexpr std::uint32_t packet = 1;
}
namespace packet_field {
constexpr std::uint32_t timestamp = 8;
constexpr std::uint32_t sequence = 10;
constexpr std::uint32_t track_event = 11;
constexpr std::uint32_t interned_data = 12;
constexpr std::uint32_t sequence_flags = 13;
constexpr std::uint32_t track_descriptor = 60;
}  // namespace packet_field
namespace descriptor_field {
constexpr std::uint32_t uuid = 1;
constexpr std::uint32_t name = 2;
constexpr std::uint32_t process = 3;
constexpr std::uint32_t parent = 5;
constexpr std::uint32_t counter = 8;
constexpr std::uint32_t child_ordering = 11;
constexpr std::uint32_t rank = 12;
constexpr std::uint64_t explicit_ordering = 3;
}  // namespace descriptor_field
namespace process_field {
constexpr std::uint32_t pid = 1;
constexpr std::uint32_t name = 6;
}  // namespace process_field
namespace event_field {
constexpr std::uint32_t category = 3;
constexpr std::uint32_t type = 9;
constexpr std::uint32_t name = 10;
constexpr std::uint32_t track = 11;
constexpr std::uint32_t double_counter_value = 44;
constexpr std::uint32_t flow = 47;
constexpr std::uint32_t flow_ends = 48;
constexpr std::uint64_t slice_begin = 1;
constexpr std::uint64_t slice_end = 2;
constexpr std::uint64_t instant = 3;
constexpr std::uint64_t counter = 4;
}  // namespace event_field
namespace interned_field {
constexpr std::uint32_t categories = 1;
constexpr std::uint32_t names = 2;
constexpr std::uint32_t number = 1;
constexpr std::uint32_t text = 2;
}  // namespace interned_field

constexpr std::uint64_t sequence = 1;
constexpr std::uint64_t state_cleared = 1;
constexpr std::uint64_t needs_state = 2;
constexpr std::uint64_t process_uuid = 1;
constexpr std::uint64_t first_counter_uuid = std::uint64_t{1} << 33;  // after all of uuid_of

std::uint64_t uuid_of(Track track) {
    return std::uint64_t{track} + 2;
}

/// Texts by number: writes each text into the first packet that refers to it.
class Interner {
  public:
    explicit Interner(std::uint32_t field) : field_(field) {}

    std::uint64_t number(const std::string& text, Message& news, bool& any) {
        const auto [known, added] = numbers_.emplace(text, numbers_.size() + 1);
        if (added) {
            Message entry;
            entry.number(interned_field::number, known->second).text(interned_field::text, clean_utf8(text));
            news.message(field_, entry);
            any = true;
        }
        return known->second;
    }

  private:
    std::uint32_t field_;
    std::unordered_map<std::string, std::uint64_t> numbers_;
};

class PerfettoWriter final : public Visitor {
  public:
    explicit PerfettoWriter(BufferedFile& file) : file_(file) {
        Message process;
        process.number(process_field::pid, 1).text(process_field::name, "Loopscope");
        Message descriptor;
        descriptor.number(descriptor_field::uuid, process_uuid)
            .message(descriptor_field::process, process)
            .number(descriptor_field::child_ordering, descriptor_field::explicit_ordering);
        Message packet;
        packet.number(packet_field::sequence, sequence)
            .number(packet_field::sequence_flags, state_cleared)
            .message(packet_field::track_descriptor, descriptor);
        write(packet);
    }

    void track(Track track, const std::string& name) override {
        Message descriptor;
        descriptor.number(descriptor_field::uuid, uuid_of(track))
            .text(descriptor_field::name, clean_utf8(name))
            .number(descriptor_field::parent, process_uuid)
            .number(descriptor_field::rank, track);
        Message packet;
        packet.number(packet_field::sequence, sequence).message(packet_field::track_descriptor, descriptor);
        write(packet);
    }

    void beginning(const Slice& slice) override {
        if (!slice.begun) {
            Message news;
            bool any = false;
            Message begin = event(event_field::slice_begin, slice.track);
            describe(begin, slice.name, category(slice.kind), news, any);
            if (slice.arrives != 0) begin.fixed64(event_field::flow_ends, slice.arrives);
            write(slice.begin, begin, news, any);
        }
        for (const Instant& each : slice.instants) instant(slice.track, each);
    }

    void slice(const Slice& slice) override {
        beginning(slice);
        write(slice.end, event(event_field::slice_end, slice.track), {}, false);
    }

    void instant(Track track, const Instant& instant) override {
        Message news;
        bool any = false;
        Message shown = event(event_field::instant, track);
        describe(shown, instant.name, instant.print ? "print" : "loop", news, any);
        if (instant.leaves != 0) shown.fixed64(event_field::flow, instant.leaves);
        write(instant.time, shown, news, any);
    }

    void begin_slice(Track track, Time time, const std::string& name, std::string_view category) override {
        Message news;
        bool any = false;
        Message begin = event(event_field::slice_begin, track);
        describe(begin, name, category, news, any);
        write(time, begin, news, any);
    }
    void end_slice(Track track, Time time) override {
        write(time, event(event_field::slice_end, track), {}, false);
    }
    void count(const std::string& counter, Time time, double value) override {
        const auto [known, added] = counters_.emplace(counter, first_counter_uuid + counters_.size());
        if (added) {
            Message descriptor;
            descriptor.number(descriptor_field::uuid, known->second)
                .text(descriptor_field::name, clean_utf8(counter))
                .number(descriptor_field::parent, process_uuid)
                .message(descriptor_field::counter, {});
            Message packet;
            packet.number(packet_field::sequence, sequence)
                .message(packet_field::track_descriptor, descriptor);
            write(packet);
        }
        Message counted;
        counted.number(event_field::type, event_field::counter)
            .number(event_field::track, known->second)
            .fixed64(event_field::double_counter_value, std::bit_cast<std::uint64_t>(value));
        write(time, counted, {}, false);
    }
    [[nodiscard]] bool has_enough() const override { return file_.failed(); }

  private:
    static Message event(std::uint64_t type, Track track) {
        Message event;
        event.number(event_field::type, type).number(event_field::track, uuid_of(track));
        return event;
    }
    void describe(Message& event, const std::string& name, std::string_view category, Message& news,
                  bool& any) {
        event.number(event_field::category, categories_.number(std::string(category), news, any));
        event.number(event_field::name, names_.number(name, news, any));
    }
    void write(Time time, const Message& event, const Message& news, bool any) {
        Message packet;
        packet.number(packet_field::timestamp, static_cast<std::uint64_t>(time.count()))
            .number(packet_field::sequence, sequence)
            .number(packet_field::sequence_flags, needs_state);
        if (any) packet.message(packet_field::interned_data, news);
        packet.message(packet_field::track_event, event);
        write(packet);
    }
    void write(const Message& packet) {
        Message trace;
        trace.message(trace_field::packet, packet);
        file_.write(trace.bytes());
    }

    BufferedFile& file_;
    Interner categories_{interned_field::categories};
    Interner names_{interned_field::names};
    std::unordered_map<std::string, std::uint64_t> counters_;  // and their tracks
};

}  // namespace

Result<void> write_perfetto(const std::filesystem::path& path, const trace::Log& log) {
    LOOPSCOPE_TRY(file, BufferedFile::open(path, log));
    PerfettoWriter writer(file);
    visit(log, writer);
    return file.commit();
}

}  // namespace loopscope::exchange
