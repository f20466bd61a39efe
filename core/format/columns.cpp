#include "core/format/columns.hpp"

#include <algorithm>
#include <array>

namespace loopscope::format {
namespace {

using trace::Event;
using trace::Kind;
using trace::kind_count;

using Field = std::uint32_t Event::*;
constexpr std::array<Field, 3> fields = {&Event::subject, &Event::a, &Event::b};

/// Whether a field names an event not long before its own: that is told by the distance.
bool is_distance(Kind kind, Field field) {
    return kind == Kind::print_value && field == &Event::a;
}

/// The events of each kind, as places in the chunk.
std::array<std::vector<std::uint32_t>, kind_count> by_kind(const std::vector<Event>& events) {
    std::array<std::vector<std::uint32_t>, kind_count> places;
    for (std::uint32_t at = 0; at < events.size(); ++at)
        places.at(static_cast<std::size_t>(events[at].kind())).push_back(at);
    return places;
}

void write_column(ByteWriter& out, const std::vector<Event>& events, Kind kind, Field field,
                  const std::vector<std::uint32_t>& places, std::uint32_t first) {
    std::uint32_t last = 0;
    for (const std::uint32_t at : places) {
        const std::uint32_t value =
            is_distance(kind, field) ? first + at - events[at].*field : events[at].*field;
        out.varint(zigzag(value - last));
        last = value;
    }
}

void read_column(ByteReader& in, std::vector<Event>& events, Kind kind, Field field,
                 const std::vector<std::uint32_t>& places, std::uint32_t first) {
    std::uint32_t last = 0;
    for (const std::uint32_t at : places) {
        last += unzigzag(static_cast<std::uint32_t>(in.varint()));
        events[at].*field = is_distance(kind, field) ? first + at - last : last;
    }
}

}  // namespace

void write_events(ByteWriter& out, const trace::Log& log, std::uint32_t first, std::uint32_t count) {
    std::vector<Event> events(count);
    for (std::uint32_t at = 0; at < count; ++at) events[at] = log[first + at];
    for (const Event& event : events) out.u8(static_cast<std::uint8_t>(event.kind()));
    std::uint32_t last = 0;
    for (const Event& event : events) {
        out.varint(zigzag(event.since() - last));
        last = event.since();
    }
    const auto places = by_kind(events);
    for (int kind = 0; kind < kind_count; ++kind) {
        for (const Field field : fields)
            write_column(out, events, static_cast<Kind>(kind), field,
                         places.at(static_cast<std::size_t>(kind)), first);
    }
}

std::vector<Event> read_events(ByteReader& in, std::uint32_t first, std::uint32_t count) {
    const auto kinds = in.take(count);
    std::vector<Event> events(kinds.size());
    std::uint32_t since = 0;
    for (std::size_t at = 0; at < events.size(); ++at) {
        const auto kind = std::to_integer<std::uint32_t>(kinds[at]);
        since += unzigzag(static_cast<std::uint32_t>(in.varint()));
        if (kind >= kind_count || since >= Event::since_limit) {
            in.fail();
            return {};
        }
        events[at].head = kind | since << 8;
    }
    const auto places = by_kind(events);
    for (int kind = 0; kind < kind_count && !in.failed(); ++kind) {
        for (const Field field : fields)
            read_column(in, events, static_cast<Kind>(kind), field, places.at(static_cast<std::size_t>(kind)),
                        first);
    }
    return events;
}

}  // namespace loopscope::format
