#pragma once

#include <functional>
#include <span>

#include "core/base/result.hpp"
#include "core/format/bytes.hpp"
#include "core/format/compression.hpp"
#include "core/format/info.hpp"
#include "core/format/layout.hpp"
#include "core/trace/log.hpp"

namespace loopscope::format {

/// Where the bytes of a file go.
using Output = std::function<Result<void>(std::span<const std::byte>)>;

/// Writes the parts of a `.loopscope` file, in order: begin, then events and notes, then end.
class ChunkWriter {
  public:
    explicit ChunkWriter(Output output);

    /// The header, and what was run.
    [[nodiscard]] Result<void> begin(const Info& info);
    /// The events of a log up to event `until`, and strings, that have not been written. `all`: also those
    /// that do not fill a chunk. REQUIRES: size() <= until <= log.size().
    [[nodiscard]] Result<void> events(const trace::Log& log, std::uint32_t until, bool all);
    /// Notes and marks, if there are any.
    [[nodiscard]] Result<void> notes(const Info& info);
    /// Says that nothing is missing.
    [[nodiscard]] Result<void> end();

    /// How many events were written.
    [[nodiscard]] std::uint32_t size() const { return events_; }

  private:
    Result<void> chunk(ChunkKind kind);
    Result<void> events_chunk(const trace::Log& log, std::uint32_t count);

    Output output_;
    Compressor compressor_;
    ByteWriter raw_;
    std::uint32_t number_ = 0;  // of the next chunk
    std::uint32_t events_ = 0;
    std::uint32_t strings_ = 0;
};

}  // namespace loopscope::format
