#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/base/input.hpp"
#include "core/exchange/trace_reader.hpp"

namespace loopscope::exchange {

/// How far reading is.
struct HowFar {
    double done = 0;          ///< from 0 to 1; 0, as long as nobody knows how much there is
    std::uint64_t bytes = 0;  ///< how many were read, as long as nobody knows how many there are; else 0

    /// Returns it in words: "40 %" or "12 MB read".
    [[nodiscard]] std::string text() const;
};

/// Told now and then how far it is, and into which log it is read; returns false to have it stopped.
using ReadProgress = std::function<bool(const HowFar&, const std::shared_ptr<const trace::Log>&)>;

/// Reads a trace of any format, all of it, on the caller's thread, which `progress` is called by. Input::stop
/// ends it at any time, also while a pipe says nothing: then it fails with a sentence that says so.
Result<Imported> read_trace(Input& input, const ReadProgress& progress = {});

/// Reads one that has a path, or standard input for `-`.
Result<Imported> read_trace(const std::filesystem::path& path, const ReadProgress& progress = {});

/// Reads one that is in memory; `name` is what errors call it.
Result<Imported> read_trace(std::span<const std::byte> bytes, const std::string& name);

}  // namespace loopscope::exchange
