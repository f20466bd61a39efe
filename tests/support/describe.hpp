#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/context/bindings.hpp"
#include "core/trace/log.hpp"
#include "core/trace/storage.hpp"

// What failure messages show, and what comparisons need.
namespace loopscope {

template <class Tag>
void PrintTo(Id<Tag> id, std::ostream* out) {
    *out << '#' << id.value;
}

namespace trace {

void PrintTo(const Event& event, std::ostream* out);
void PrintTo(Storage storage, std::ostream* out);

/// The events of a log, to compare byte for byte.
std::vector<Event> events_of(const Log& log);

/// The strings of a log, in the order of their numbers.
std::vector<std::string> strings_of(const Log& log);

/// Everything that was printed from an event on.
std::string output_of(const Log& log, std::uint32_t from = 0);

/// The indices of all events of a kind.
std::vector<std::uint32_t> all_of_kind(const Log& log, Kind kind);

/// The whole log as lines of text, for `EXPECT_… << text_of(log)`.
std::string text_of(const Log& log);

}  // namespace trace

namespace context {

void PrintTo(const Cell& cell, std::ostream* out);

/// A cell as event `writer` writes it: value and writer have the same number, for tests that only ask who
/// wrote it.
constexpr Cell written_by(std::uint32_t writer) {
    return {StringId{writer}, EventIndex{writer}};
}

}  // namespace context
}  // namespace loopscope
