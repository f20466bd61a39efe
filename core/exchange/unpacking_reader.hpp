// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/aside.hpp"
#include "core/exchange/any_reader.hpp"
#include "core/exchange/unpacker.hpp"

namespace loopscope::exchange {

/// A reader of traces that are compressed with gzip or zstd, whatever their format is. A thread of its own
/// unpacks what comes next while an AnyReader reads what was unpacked.
///
/// Of bytes that are cut off or damaged, or that unpack to more than max_unpacked(), what stands before that
/// is read, and `missing` says so. What is compressed twice is refused.
class UnpackingReader final : public TraceReader {
  public:
    UnpackingReader(Incoming incoming, trace::LogProgress progress);

    Result<void> push(std::span<const std::byte> bytes) override;
    [[nodiscard]] bool wants_more() const override { return !over_ && reader_.wants_more(); }
    Result<Imported> finish() override { return finish_in_pieces().complete(); }
    Pausing<Result<Imported>> finish_in_pieces() override;

    /// Returns how many bytes the first `packed` bytes of a file may unpack to: files come from strangers,
    /// and those of docs/reliability.md are opened or refused within a time and memory in proportion to their
    /// size. Of traces a compressed byte holds 10 to 80 bytes.
    static constexpr std::uint64_t max_unpacked(std::uint64_t packed) {
        constexpr std::uint64_t small_file = 1'000'000;
        constexpr std::uint64_t free = std::uint64_t{1} << 26;
        constexpr std::uint64_t for_a_byte = 64;
        constexpr std::uint64_t for_a_later_byte = 256;
        const std::uint64_t later = packed - std::min(packed, small_file);
        return free + for_a_byte * (packed - later) + for_a_later_byte * later;
    }

  private:
    /// A stretch of the file, of block_size bytes but for the last one.
    struct Block {
        std::vector<std::byte> packed;
        std::vector<std::byte> unpacked;
        Unpacker::State state = Unpacker::State::between;  ///< after it
        std::uint64_t taken = 0;                           ///< packed bytes, with those of all blocks before
    };

    static constexpr std::size_t block_size = std::size_t{1} << 16;

    [[nodiscard]] trace::LogProgress progress_of(trace::LogProgress progress);
    void unpack(Block& block);
    Result<void> hand_over();
    Result<void> read_block();
    [[nodiscard]] std::string fault() const;

    std::string name_;
    std::string title_;
    std::uint64_t size_;  // the number of packed bytes; 0: not known
    bool twice_;          // these bytes were unpacked already
    AnyReader reader_;
    std::vector<std::byte> next_;  // the bytes of the next block
    bool over_ = false;            // what comes after the last block is not unpacked
    bool finishing_ = false;
    Unpacker::State state_ = Unpacker::State::between;
    std::uint64_t taken_ = 0;
    Packing packing_ = Packing::gzip;
    std::unique_ptr<Unpacker> unpacker_;   // used by the thread
    std::uint64_t unpacked_ = 0;           // used by the thread
    std::unique_ptr<Aside<Block>> aside_;  // the last member: its thread uses the others
};

}  // namespace loopscope::exchange
