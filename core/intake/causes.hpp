// SPDX-License-Identifier: MIT
#pragma once

#include "core/intake/files.hpp"
#include "core/intake/lanes.hpp"
#include "core/intake/trace_writer.hpp"

namespace loopscope::intake {

/// What tasks and callbacks work for: items that go through queues, and requests of connections. Their
/// numbers are the recorder's, which counts them as a trace does.
class Causes {
  public:
    Causes(TraceWriter& out, Lanes& lanes, Files& files) : out_(out), lanes_(lanes), files_(files) {}

    /// Takes a `put`, `take` or `task_done` record, which becomes an event of this kind.
    bool queue(trace::Kind kind, const Spool_record& record);
    bool connection(const Spool_record& record, StringId peer);
    /// `what`: what is asked for.
    bool serve(const Spool_record& record, StringId what);

  private:
    TraceWriter& out_;
    Lanes& lanes_;
    Files& files_;
};

}  // namespace loopscope::intake
