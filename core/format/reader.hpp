// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/base/result.hpp"
#include "core/format/allowance.hpp"
#include "core/format/chunk_reader.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::format {

class TraceLoader;

/// A trace that was read.
struct Loaded {
    std::shared_ptr<trace::Log> log;  ///< has at least one event, and has passed trace::Checker
    Info info;
    /// What is missing or was passed over, and why, as a sentence; empty: nothing.
    std::string missing;
};

/// Reads a `.loopscope` file from bytes that are pushed in pieces of any size. Of a file that was cut, or is
/// damaged or not sound in its later part, returns what comes before, and says so in `missing`. Files come
/// from strangers: every length, id and transition is checked, and memory and time are taken in proportion to
/// what the file stores (Allowance).
///
/// Used from one thread only, on which alone events are appended to the log and `progress` is called. push()
/// and finish() throw what the thread that decompresses throws.
class Reader {
  public:
    struct Options {
        std::uint64_t size = 0;       ///< the number of bytes of the file; 0: not known
        trace::LogProgress progress;  ///< called after each chunk; with 0 if the size is not known
        ChunkReader::Unfolding unfolding = ChunkReader::Unfolding::aside;
        Allowance allowance = Allowance();
    };

    /// Makes a reader of a file that errors call `name`.
    Reader(std::string name, const Options& options);
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    ~Reader();

    /// Takes the next bytes. Fails if they cannot be the beginning of such a file, or if `progress` returned
    /// false.
    Result<void> push(std::span<const std::byte> bytes);
    /// Returns whether more bytes would make a difference.
    [[nodiscard]] bool wants_more() const;
    /// Returns the trace that was read; no more bytes come. REQUIRES: push() has not failed, and finish() was
    /// not called before.
    Result<Loaded> finish();

  private:
    std::unique_ptr<TraceLoader> loader_;
    std::unique_ptr<ChunkReader> chunks_;
};

/// Reads a `.loopscope` file from a path. Fails with a sentence for the user.
Result<Loaded> load(const std::filesystem::path& path, const trace::LogProgress& progress = {});

/// Reads a `.loopscope` file that is in memory; errors call it `name`.
Result<Loaded> load(std::span<const std::byte> bytes, std::string_view name,
                    Allowance allowance = Allowance());

}  // namespace loopscope::format
