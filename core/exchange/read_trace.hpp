// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/base/input.hpp"
#include "core/base/pausing.hpp"
#include "core/exchange/trace_reader.hpp"

namespace loopscope::exchange {

/// The progress of reading a trace.
struct HowFar {
    double done = 0;          ///< from 0 to 1; 0 while the total size is unknown
    std::uint64_t bytes = 0;  ///< the number of bytes read, while the total size is unknown; else 0

    /// Returns the progress in words: "40 %" or "12 MB read".
    [[nodiscard]] std::string text() const;
};

/// A function that is called now and then with the progress and the log that the trace is read into; it
/// returns false to stop reading.
using ReadProgress = std::function<bool(const HowFar&, const std::shared_ptr<const trace::Log>&)>;

/// Reads a whole trace of any format, on the caller's thread, which also calls `progress`. Input::stop ends
/// this at any time, even while a pipe is silent. Fails if the input cannot be read or is no trace, and if it
/// was stopped, with a sentence that says so.
Result<Imported> read_trace(Input& input, const ReadProgress& progress = {});

/// Reads a trace as read_trace() does, with a pause after each piece of the input. REQUIRES: the input
/// outlives the work.
Pausing<Result<Imported>> read_in_pieces(Input& input, ReadProgress progress);

/// Reads a trace from a path, or from standard input for `-`. Fails also if that cannot be opened.
Result<Imported> read_trace(const std::filesystem::path& path, const ReadProgress& progress = {});

/// Reads a trace in memory; `name` is what errors call it.
Result<Imported> read_trace(std::span<const std::byte> bytes, const std::string& name);

}  // namespace loopscope::exchange
