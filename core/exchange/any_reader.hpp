#pragma once

#include <memory>
#include <vector>

#include "core/exchange/trace_reader.hpp"

namespace loopscope::exchange {

/// Reads a trace of any format that is read: finds out by the first bytes which one it is. What is none of
/// them fails with a sentence that says what it is, if that is known, and else what can be read.
class AnyReader final : public TraceReader {
  public:
    explicit AnyReader(Incoming incoming, trace::LogProgress progress = {});

    Result<void> push(std::span<const std::byte> bytes) override;
    [[nodiscard]] bool wants_more() const override { return reader_ == nullptr || reader_->wants_more(); }
    Result<Imported> finish() override;

  private:
    /// Makes the reader once the first bytes say which one, and gives them to it. `all`: no more come.
    Result<void> choose(bool all);

    Incoming incoming_;
    trace::LogProgress progress_;
    std::vector<std::byte> first_;         // until it is known what they are
    std::unique_ptr<TraceReader> reader_;  // null until then
};

}  // namespace loopscope::exchange
