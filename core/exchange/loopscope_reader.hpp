// SPDX-License-Identifier: MIT
#pragma once

#include "core/exchange/trace_reader.hpp"
#include "core/format/reader.hpp"

namespace loopscope::exchange {

/// A reader of .loopscope files.
class LoopscopeReader final : public TraceReader {
  public:
    explicit LoopscopeReader(Incoming incoming, trace::LogProgress progress = {});

    Result<void> push(std::span<const std::byte> bytes) override { return reader_.push(bytes); }
    [[nodiscard]] bool wants_more() const override { return reader_.wants_more(); }
    Result<Imported> finish() override;

  private:
    format::Reader reader_;
};

}  // namespace loopscope::exchange
