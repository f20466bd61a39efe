#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "core/base/source.hpp"
#include "core/format/allowance.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::format {

/// A trace that was read.
struct Loaded {
    std::shared_ptr<trace::Log> log;  ///< has at least one event, and keeps to the rules of trace::Checker
    Info info;
    std::string missing;  ///< what is not there and why, as a sentence; empty: nothing
};

/// Reads a `.loopscope` file. One that was cut, or is damaged or not sound in its later part, gives what
/// comes before, and says so in `missing`. Files come from strangers: every length, id and transition is
/// checked, and memory and time are taken in proportion to what the file stores (Allowance).
Result<Loaded> load(const std::filesystem::path& path, const trace::LogProgress& progress = {});

/// Reads a file that is in memory; `name` is what errors call it.
Result<Loaded> load(std::span<const std::byte> bytes, std::string_view name,
                    Allowance allowance = Allowance());

}  // namespace loopscope::format
