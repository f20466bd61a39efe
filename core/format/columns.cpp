// SPDX-License-Identifier: MIT
#include "core/format/columns.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <span>

#include "core/trace/kinds.hpp"

namespace loopscope::format {
namespace {

using trace::Event;
using trace::Kind;
using trace::kind_numbers;

using Field = std::uint32_t Event::*;
constexpr std::array<Field, 3> fields = {&Event::subject, &Event::a, &Event::b};

/// Returns whether a field names an event shortly before its own; such a field is stored as the distance.
bool is_distance(Kind kind, Field field) {
    return kind == Kind::print_value && field == &Event::a;
}

/// The events of each kind, as indices into the chunk, in order.
class IndicesByKind {
  public:
    explicit IndicesByKind(const std::vector<Event>& events) : indices_(events.size()) {
        for (const Event& event : events) ++ends_.at(static_cast<std::size_t>(event.kind()));
        std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
        auto next = ends_;
        for (auto at = static_cast<std::uint32_t>(events.size()); at-- > 0;)
            indices_[--next[static_cast<std::size_t>(events[at].kind())]] = at;
    }

    [[nodiscard]] std::span<const std::uint32_t> operator[](int kind) const {
        const std::uint32_t begin = kind == 0 ? 0 : ends_[static_cast<std::size_t>(kind) - 1];
        return std::span(indices_).subspan(begin, ends_[static_cast<std::size_t>(kind)] - begin);
    }

  private:
    std::array<std::uint32_t, kind_numbers> ends_{};
    std::vector<std::uint32_t> indices_;
};

void write_column(ByteWriter& out, const std::vector<Event>& events, Kind kind, Field field,
                  std::span<const std::uint32_t> indices, EventIndex first) {
    std::uint32_t last = 0;
    for (const std::uint32_t at : indices) {
        const std::uint32_t value =
            is_distance(kind, field) ? (first + at).value - events[at].*field : events[at].*field;
        out.varint(zigzag(value - last));
        last = value;
    }
}

/// Returns whether the next `count` numbers are all 0, as in most columns, and skips them if so. The fields
/// of events are 0 at first.
bool take_zeros(ByteReader& in, std::size_t count) {
    ByteReader ahead = in;
    const auto bytes = ahead.take(count);
    if (bytes.empty() || bytes.front() != std::byte{0} ||
        std::memcmp(bytes.data(), bytes.data() + 1, count - 1) != 0)
        return count == 0;
    in = ahead;
    return true;
}

void read_column(ByteReader& from, std::vector<Event>& events, Kind kind, Field field,
                 std::span<const std::uint32_t> indices, EventIndex first) {
    const bool distance = is_distance(kind, field);
    if (!distance && take_zeros(from, indices.size())) return;
    ByteReader in = from;  // a copy that no other code sees, so it stays in registers
    std::uint32_t last = 0;
    for (const std::uint32_t at : indices) {
        last += unzigzag(static_cast<std::uint32_t>(in.varint()));
        events[at].*field = distance ? (first + at).value - last : last;
    }
    from = in;
}

/// Reads kinds, whether this version knows them or not, and times. Returns false if bytes are missing, or a
/// time is out of range.
bool read_heads(ByteReader& from, std::vector<Event>& events) {
    ByteReader in = from;
    const auto kinds = in.take(events.size());
    for (std::size_t at = 0; at < kinds.size(); ++at)
        events[at].head = std::to_integer<std::uint32_t>(kinds[at]);
    bool in_range = true;
    if (!take_zeros(in, events.size())) {
        std::uint32_t since = 0;
        for (Event& event : events) {
            since += unzigzag(static_cast<std::uint32_t>(in.varint()));
            in_range = in_range && since < Event::since_limit;
            event.head |= since << 8;
        }
    }
    from = in;
    return in_range && !in.failed();
}

}  // namespace

void write_events(ByteWriter& out, const trace::Log& log, EventIndex first, std::uint32_t count) {
    std::vector<Event> events(count);
    log.each_piece(first, first + count, [&](EventIndex at, std::span<const Event> piece) {
        std::copy(piece.begin(), piece.end(), events.begin() + (at - first));
    });
    for (const Event& event : events) out.u8(static_cast<std::uint8_t>(event.kind()));
    std::uint32_t last = 0;
    for (const Event& event : events) {
        out.varint(zigzag(event.since() - last));
        last = event.since();
    }
    const IndicesByKind indices(events);
    for (int kind = 0; kind < kind_numbers; ++kind) {
        if (indices[kind].empty()) continue;
        for (const Field field : fields)
            write_column(out, events, static_cast<Kind>(kind), field, indices[kind], first);
    }
}

void read_events(ByteReader& in, EventIndex first, std::uint32_t count, std::vector<Event>& events) {
    if (count > in.left()) return in.fail();
    events.assign(count, Event{});
    if (!read_heads(in, events)) return in.fail();
    const IndicesByKind indices(events);
    for (int kind = 0; kind < kind_numbers; ++kind) {
        if (indices[kind].empty()) continue;
        for (const Field field : fields)
            read_column(in, events, static_cast<Kind>(kind), field, indices[kind], first);
    }
}

}  // namespace loopscope::format
