// A front end with nothing but core/explain and the trace below it: it is linked with no engine, no file
// format and no session, and prints why the last event of a trace happened.

#include <cstdio>

#include "core/explain/why.hpp"

int main() {
    using namespace loopscope;
    using trace::Kind;
    trace::Log log;
    log.emit(Kind::begin, 0, log.intern("by hand").value);
    log.emit(Kind::storage, 0, 0, trace::tagged(trace::Storage::contextvar));
    log.emit(Kind::spawn, 1, log.intern("handler").value, trace::tagged(trace::Start::soon));
    log.emit(Kind::iteration, 1, 1);
    log.emit(Kind::step, 1, 0, trace::tagged(trace::Resume::first));
    log.emit(Kind::variable, 1, log.intern("request").value, log.intern("-").value);
    const EventIndex read = log.emit(Kind::get, 1, 0, trace::tagged(1));
    const EventIndex shown = log.emit(Kind::print_value, 1, read.value);
    trace::Index index;
    index.update(log);
    trace::State state;
    while (state.size() <= shown.value) state.apply(log[{state.size()}]);
    std::puts(explain::why({log, index, state, shown}).text().c_str());
}
