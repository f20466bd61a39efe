#include "core/feed/feed.hpp"

#include <cassert>

namespace loopscope::feed {

void Feed::select(trace::Storage) {
    assert(false && "can().select says that it cannot");
}

void Feed::stop() {
    assert(false && "can().stop says that it cannot");
}

}  // namespace loopscope::feed
