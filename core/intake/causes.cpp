// SPDX-License-Identifier: MIT
#include "core/intake/causes.hpp"

namespace loopscope::intake {

using trace::Kind;

bool Causes::queue(Kind kind, const Spool_record& record) {
    return lanes_.select(lanes_.lane_here()) && files_.prepare(record.b) &&
           out_.write(kind, record.subject, record.a, record.b << 8);
}

bool Causes::connection(const Spool_record& record, StringId peer) {
    return lanes_.select(lanes_.lane_here()) && out_.write(Kind::connection, record.subject, peer.value);
}

bool Causes::serve(const Spool_record& record, StringId what) {
    return lanes_.select(lanes_.lane_here()) && out_.write(Kind::serve, record.subject, what.value);
}

}  // namespace loopscope::intake
