// SPDX-License-Identifier: MIT
#include "core/feed/feed.hpp"

#include <cassert>

namespace loopscope::feed {

void Feed::select(trace::Storage, VariableId) {
    assert(false && "can().select says that it cannot");
}

std::unique_ptr<Rerun> Feed::run_again(const std::vector<Switch>&, std::uint32_t) const {
    assert(false && "can().fork says that it cannot");
    return nullptr;
}

void Feed::stop() {
    assert(false && "can().stop says that it cannot");
}

EventIndex first_event_of(const trace::Log& log) {
    using trace::Kind;
    for (EventIndex at{1}; at < log.end_index(); ++at) {
        const Kind kind = log[at].kind();
        if (kind == Kind::iteration || kind == Kind::timer_due) return at - 1;
        if (kind == Kind::slice || kind == Kind::instant || kind == Kind::count) return {};
    }
    return log.end_index() - 1;
}

}  // namespace loopscope::feed
