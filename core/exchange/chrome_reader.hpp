// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/exchange/chrome_events.hpp"
#include "core/exchange/chrome_record.hpp"
#include "core/exchange/omissions.hpp"
#include "core/exchange/own_chrome.hpp"
#include "core/exchange/record_scanner.hpp"
#include "core/exchange/trace_reader.hpp"

namespace loopscope::exchange {

/// A reader of Chrome traces in JSON ("Trace Event Format"): an array of records, an object with an array
/// called `traceEvents`, or a record a line. Records may be in any order, and the text may end anywhere.
///
/// The log has tracks of slices, instants, flows and counters, as docs/formats.md says; of a file that
/// Loopscope wrote it is the trace that it was written of. So it is empty until all records are known. What
/// has no meaning here is counted by kind.
class ChromeReader final : public TraceReader {
  public:
    explicit ChromeReader(Incoming incoming, trace::LogProgress progress = {});

    Result<void> push(std::span<const std::byte> bytes) override;
    [[nodiscard]] bool wants_more() const override { return !full_ && scanner_.wants_more(); }
    Result<Imported> finish() override { return finish_in_pieces().complete(); }
    Pausing<Result<Imported>> finish_in_pieces() override;

  private:
    /// Takes the records that are complete by now. Returns false if the progress function stopped it.
    bool take_records();
    /// Returns the failure that says why there is nothing to show.
    [[nodiscard]] tl::unexpected<Error> nothing() const;
    [[nodiscard]] std::string missing() const;

    std::string name_;
    std::uint64_t size_;  // the number of bytes that will come; 0: not known
    trace::LogProgress progress_;
    Omissions omissions_;
    RecordScanner scanner_{omissions_};
    ChromeRecordReader records_;
    Imported imported_;
    ChromeEvents events_;
    OwnChrome own_;
    std::uint64_t phases_ = 0;  // records that say what they are
    bool full_ = false;         // the maximum number of records is reached: the rest is not read
};

/// Reads a Chrome trace in memory, without looking at its first bytes for the format; `name` is what errors
/// call it. Fails as ChromeReader does.
Result<Imported> read_chrome(std::string_view json, const std::string& name,
                             const trace::LogProgress& progress = {});

}  // namespace loopscope::exchange
