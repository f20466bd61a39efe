// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/pausing.hpp"
#include "core/base/result.hpp"
#include "core/exchange/omissions.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// The result of reading a trace of Loopscope's or of another tool.
struct Imported {
    std::shared_ptr<trace::Log> log;  ///< has at least one event, and trace::Checker accepts it
    format::Info info;
    std::string missing;              ///< what was left out and why, as a sentence; empty: nothing
    std::uint64_t records = 0;        ///< the number of records of another tool's trace
    std::uint64_t skipped = 0;        ///< of these: records without a meaning here, or invalid ones
    std::vector<Omission> omissions;  ///< what was left out, by kind, the most frequent first
};

/// What is known of a trace's bytes before they come.
struct Incoming {
    std::string name;        ///< what errors call them
    std::string title;       ///< what a window calls them: a file's name without its folder
    std::uint64_t size = 0;  ///< the number of bytes; 0: not known
    bool unpacked = false;   ///< whether they were compressed, and come from what undoes that
};

/// A reader that makes a trace of bytes. They are pushed in pieces of any size, and the trace does not depend
/// on the pieces.
///
/// Threads: used by one thread at a time. Only that thread appends to the log and calls the progress
/// function. Events that the function was told of never change, so other threads may read them meanwhile.
///
/// Errors: push() fails as soon as no further bytes could make a trace, finish() if the bytes made none, and
/// both if the progress function returned false. After a failure the reader may only be destroyed. Both throw
/// what a thread of the reader throws: that there is no memory, or no thread.
class TraceReader {
  public:
    TraceReader() = default;
    TraceReader(const TraceReader&) = delete;
    TraceReader& operator=(const TraceReader&) = delete;
    virtual ~TraceReader() = default;

    /// Takes the next bytes. The reader keeps no reference to them.
    virtual Result<void> push(std::span<const std::byte> bytes) = 0;
    /// Returns whether more bytes would change anything: a pipe may go on for ever.
    [[nodiscard]] virtual bool wants_more() const = 0;
    /// Returns the trace: no more bytes come. REQUIRES: called once.
    virtual Result<Imported> finish() = 0;
    /// Does what finish() does, with pauses where that takes long. REQUIRES: called in its place, once; the
    /// reader outlives the work.
    virtual Pausing<Result<Imported>> finish_in_pieces() { co_return finish(); }
};

/// Returns the error of a reader whose progress function returned false.
inline tl::unexpected<Error> reading_stopped(const std::string& name) {
    return fail("reading '" + name + "' was stopped", Error::Code::cancelled);
}

}  // namespace loopscope::exchange
