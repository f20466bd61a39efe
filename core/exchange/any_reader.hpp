// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "core/exchange/first_bytes.hpp"
#include "core/exchange/trace_reader.hpp"

namespace loopscope::exchange {

/// A reader of all formats that can be read: the first bytes tell which one it is. Other bytes fail with a
/// sentence that says what they are, if that is known, and else which formats can be read.
class AnyReader final : public TraceReader {
  public:
    explicit AnyReader(Incoming incoming, trace::LogProgress progress = {});

    Result<void> push(std::span<const std::byte> bytes) override;
    [[nodiscard]] bool wants_more() const override { return reader_ == nullptr || reader_->wants_more(); }
    Result<Imported> finish() override { return finish_in_pieces().complete(); }
    Pausing<Result<Imported>> finish_in_pieces() override;

  private:
    /// Makes the reader once the first bytes tell the format, and passes them to it. `all`: no more bytes
    /// come.
    Result<void> choose(bool all);

    Incoming incoming_;
    trace::LogProgress progress_;
    std::vector<std::byte> first_;         // until their format is known
    std::size_t next_look_ = 0;            // how many of them there are when they are examined again
    std::unique_ptr<TraceReader> reader_;  // null until then
};

/// Returns whether a trace may begin with these bytes, also one that is compressed; as far as the first
/// bytes tell.
[[nodiscard]] bool may_be_trace(FirstBytes first);

}  // namespace loopscope::exchange
