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

/// A trace that was read.
struct Loaded {
    std::shared_ptr<trace::Log> log;  ///< has at least one event, and keeps to the rules of trace::Checker
    Info info;
    /// What is not there or was passed over, and why, as a sentence; empty: nothing.
    std::string missing;
};

/// Reads a `.loopscope` file from bytes that are pushed in pieces of any size. One that was cut, or is
/// damaged or not sound in its later part, gives what comes before, and says so in `missing`. Files come from
/// strangers: every length, id and transition is checked, and memory and time are taken in proportion to what
/// the file stores (Allowance).
///
/// All is called by one thread, which alone appends to the log and calls `progress`. It throws what a thread
/// of its own throws.
class Reader {
  public:
    struct Options {
        std::uint64_t size = 0;       ///< how many bytes will come; 0: not known
        trace::LogProgress progress;  ///< told of each chunk; 0, as long as the size is not known
        ChunkReader::Unfolding unfolding = ChunkReader::Unfolding::aside;
        Allowance allowance = Allowance();
    };

    /// `name` is what errors call the file.
    Reader(std::string name, Options options);
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    ~Reader();

    /// Takes the next bytes. Fails if they cannot be the beginning of such a file, or it was stopped.
    Result<void> push(std::span<const std::byte> bytes);
    /// Returns whether more bytes would change anything.
    [[nodiscard]] bool wants_more() const;
    /// Returns what was read: no more bytes come. REQUIRES: push() has not failed; once.
    Result<Loaded> finish();

  private:
    class Loader;

    std::unique_ptr<Loader> loader_;
    std::unique_ptr<ChunkReader> chunks_;
};

/// Reads a `.loopscope` file that has a name.
Result<Loaded> load(const std::filesystem::path& path, const trace::LogProgress& progress = {});

/// Reads one that is in memory; `name` is what errors call it.
Result<Loaded> load(std::span<const std::byte> bytes, std::string_view name,
                    Allowance allowance = Allowance());

}  // namespace loopscope::format
