#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/base/result.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// What was made of a trace that came as bytes, be it ours or another tool's.
struct Imported {
    std::shared_ptr<trace::Log> log;  ///< has at least one event, and keeps to the rules of trace::Checker
    format::Info info;
    std::string missing;        ///< what is not there and why, as a sentence; empty: nothing
    std::uint64_t records = 0;  ///< how many another tool's trace had
    std::uint64_t skipped = 0;  ///< of those: what has no meaning here, or none at all
};

/// What is known of bytes before they come.
struct Incoming {
    std::string name;        ///< what errors call them
    std::string title;       ///< what a window calls them: a file's name without its folder
    std::uint64_t size = 0;  ///< how many will come; 0: not known
};

/// Makes a trace of bytes that are pushed, in pieces of any size, which make no difference.
///
/// Threads: all is called by one thread at a time. That thread alone appends to the log and calls the
/// progress function; events that it was told of never change, so another thread may look at those meanwhile.
///
/// Errors: push() fails as soon as nothing that comes could make a trace of it, finish() if nothing did, both
/// if the progress function returned false. After a failure only the destructor may be called. Both throw
/// what a thread of the reader's own throws: that there is no memory, or no thread.
class TraceReader {
  public:
    TraceReader() = default;
    TraceReader(const TraceReader&) = delete;
    TraceReader& operator=(const TraceReader&) = delete;
    virtual ~TraceReader() = default;

    /// Takes the next bytes. May keep what it needs of them, and nothing that refers to them.
    virtual Result<void> push(std::span<const std::byte> bytes) = 0;
    /// Returns whether more bytes would change anything: a pipe may go on for ever.
    [[nodiscard]] virtual bool wants_more() const = 0;
    /// Returns what was read: no more bytes come. REQUIRES: once.
    virtual Result<Imported> finish() = 0;
};

}  // namespace loopscope::exchange
