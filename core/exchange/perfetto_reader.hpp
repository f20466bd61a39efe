// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/exchange/packet_scanner.hpp"
#include "core/exchange/perfetto_events.hpp"
#include "core/exchange/trace_reader.hpp"

namespace loopscope::exchange {

/// A reader of Perfetto's traces in protobuf: of their track events, with the tracks, names and clocks that
/// these refer to. What else Perfetto records, such as ftrace, is passed over and counted. The earliest time
/// becomes 0; of a file that Loopscope wrote it is the trace that it was written of. The log is empty until
/// all packets are known.
class PerfettoReader final : public TraceReader {
  public:
    PerfettoReader(Incoming incoming, trace::LogProgress progress);

    Result<void> push(std::span<const std::byte> bytes) override;
    [[nodiscard]] bool wants_more() const override { return !scanner_.damaged() && !events_.full(); }
    Result<Imported> finish() override { return finish_in_pieces().complete(); }
    Pausing<Result<Imported>> finish_in_pieces() override;

  private:
    [[nodiscard]] tl::unexpected<Error> nothing() const;
    [[nodiscard]] std::string fault() const;
    bool take_packets();

    std::string name_;
    std::uint64_t size_;  // the number of bytes that will come; 0: not known
    trace::LogProgress progress_;
    Imported imported_{std::make_shared<trace::Log>(), {}, {}, 0, 0, {}};
    Omissions omissions_;
    PacketScanner scanner_;
    PerfettoEvents events_;
};

}  // namespace loopscope::exchange
