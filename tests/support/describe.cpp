#include "tests/support/describe.hpp"

#include "core/trace/text.hpp"

namespace loopscope {
namespace trace {

void PrintTo(const Event& event, std::ostream* out) {
    *out << name(event.kind()) << " +" << event.since() << " subject " << event.subject << " a " << event.a
         << " tag " << int{event.tag()} << " line " << event.line();
}

void PrintTo(Storage storage, std::ostream* out) {
    *out << name(storage);
}

std::vector<Event> events_of(const Log& log) {
    std::vector<Event> events;
    for (EventIndex at; at < log.end_index(); ++at) events.push_back(log[at]);
    return events;
}

std::vector<std::string> strings_of(const Log& log) {
    std::vector<std::string> strings;
    for (std::uint32_t number = 1; number <= log.strings().size(); ++number) {
        strings.emplace_back(log.strings()[StringId{number}]);
    }
    return strings;
}

std::string output_of(const Log& log, EventIndex from) {
    std::string output;
    for (EventIndex at = from; at < log.end_index(); ++at) {
        if (log[at].kind() == Kind::print || log[at].kind() == Kind::print_value)
            output += log.printed_text(at);
    }
    return output;
}

std::vector<EventIndex> all_of_kind(const Log& log, Kind kind) {
    std::vector<EventIndex> indices;
    for (EventIndex at; at < log.end_index(); ++at) {
        if (log[at].kind() == kind) indices.push_back(at);
    }
    return indices;
}

std::string text_of(const Log& log) {
    std::string text;
    for (EventIndex at; at < log.end_index(); ++at) text += line_of(log, at) + '\n';
    return text;
}

}  // namespace trace

namespace context {

void PrintTo(const Cell& cell, std::ostream* out) {
    *out << "value #" << cell.value.value << " of #" << cell.writer.value;
}

}  // namespace context
}  // namespace loopscope
