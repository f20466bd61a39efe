#pragma once

#include <filesystem>
#include <memory>

#include "core/base/source.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// What was made of another tool's trace.
struct Imported {
    std::shared_ptr<trace::Log> log;  ///< keeps to the rules of trace::Checker
    std::uint64_t records = 0;        ///< how many there were
    std::uint64_t skipped = 0;        ///< of those: what has no meaning here, or none at all
    std::string missing;              ///< what was left out, as a sentence; empty: nothing
};

/// Reads a Chrome trace in JSON, piece by piece: an array of records, or an object with one called
/// `traceEvents`. Knows X, B and E, b, e and n (and S, T, F before them), i and I, and the metadata
/// thread_name and process_name; records may be in any order, and the file may end anywhere.
///
/// One loop with one lane for each thread and each async id is what there is here, so that is what it
/// becomes: a task a lane. A lane runs while a slice is open on it; where several lanes run at once, the one
/// on which something happened last does, and the others wait. A slice's name is printed where it begins, and
/// so is an instant's. The earliest time becomes 0.
Result<Imported> import_chrome(const std::filesystem::path& path, const trace::LogProgress& progress = {});

/// The same from any source; `name` is what errors call it.
Result<Imported> import_chrome(Source& source, const std::string& name,
                               const trace::LogProgress& progress = {});

}  // namespace loopscope::exchange
