// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "core/format/allowance.hpp"
#include "core/format/bytes.hpp"
#include "core/format/chunk_reader.hpp"
#include "core/format/info.hpp"
#include "core/format/reader.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::format {

/// Puts chunks together to a trace. Used from one thread, as a Reader is.
class TraceLoader {
  public:
    /// `name` is what errors call the file, `size` its size in bytes; 0: not known. `progress` is told now
    /// and then how much has been read.
    TraceLoader(std::string name, std::uint64_t size, Allowance allowance, trace::LogProgress progress)
        : name_(std::move(name)), allowance_(allowance), size_(size), progress_(std::move(progress)) {}

    /// Takes the next chunk. Returns whether the chunk after it is of any use.
    bool take(const Chunk& chunk);
    [[nodiscard]] bool stopped() const { return stopped_; }
    [[nodiscard]] tl::unexpected<Error> stopped_error() const {
        return fail(fmt::format("reading '{}' was stopped", name_), Error::Code::cancelled);
    }
    /// Returns the trace that the chunks make. REQUIRES: take() was called with the last chunk, and finish()
    /// was not called before.
    Result<Loaded> finish();

  private:
    // Each of these functions says in wrong_ what is wrong, if anything is.
    void content(const Chunk& chunk);
    void read(const Chunk& chunk);
    void info(ByteReader& in);
    void schedule(ByteReader& in, std::uint32_t number);
    void events(const Chunk::Events& chunk);
    void strings(const Chunk::Events& chunk);
    void sources(ByteReader& in);
    bool check_listing(std::string_view source);
    void notes(ByteReader& in);
    void end(ByteReader& in);
    bool take_text(std::uint64_t bytes);
    [[nodiscard]] std::string missing() const;
    [[nodiscard]] std::string newer() const;
    [[nodiscard]] std::string shown() const;

    std::string name_;
    Loaded loaded_{std::make_shared<trace::Log>(), {}, {}};
    trace::Checker checker_;
    Allowance allowance_;
    std::uint64_t size_;  // of the file; 0: not known
    trace::LogProgress progress_;
    Chunk::Step last_step_ = Chunk::Step::cut;
    std::uint64_t last_end_ = 0;
    std::string wrong_;  // what is wrong in a chunk that is as it was written
    bool ended_ = false;
    bool stopped_ = false;
    std::unordered_set<std::uint32_t> listed_;  // files that there are listings of
};

}  // namespace loopscope::format
