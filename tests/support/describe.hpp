#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/context/bindings.hpp"
#include "core/trace/log.hpp"
#include "core/trace/storage.hpp"

// Functions that failure messages and comparisons in tests use.
namespace loopscope {

template <class Tag>
void PrintTo(Id<Tag> id, std::ostream* out) {
    *out << '#' << id.value;
}

template <class Tag>
void PrintTo(SequenceIndex<Tag> index, std::ostream* out) {
    *out << '#' << index.value;
}

namespace trace {

void PrintTo(const Event& event, std::ostream* out);
void PrintTo(Storage storage, std::ostream* out);

/// Returns the events of a log, to compare byte for byte.
std::vector<Event> events_of(const Log& log);

/// Returns the strings of a log, in the order of their numbers.
std::vector<std::string> strings_of(const Log& log);

/// Returns everything that was printed from an event on.
std::string output_of(const Log& log, EventIndex from = {});

/// Returns the indices of all events of a kind.
std::vector<EventIndex> all_of_kind(const Log& log, Kind kind);

/// Returns the whole log as lines of text, for `EXPECT_… << text_of(log)`.
std::string text_of(const Log& log);

}  // namespace trace

namespace context {

void PrintTo(const Cell& cell, std::ostream* out);

/// Returns a cell that event `writer` writes. Its value has the same number, for tests that only ask for the
/// writer.
constexpr Cell written_by(std::uint32_t writer) {
    return {StringId{writer}, EventIndex{writer}};
}

}  // namespace context
}  // namespace loopscope
