// SPDX-License-Identifier: MIT
#include "core/exchange/unpacking_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/result.hpp"
#include "core/base/size_text.hpp"

namespace loopscope::exchange {
namespace {

/// The fraction of the work that is unpacking and reading; the rest is what the reader does when all is read.
constexpr double unpacking_part = 0.7;

}  // namespace

UnpackingReader::UnpackingReader(Incoming incoming, trace::LogProgress progress)
    : name_(incoming.name),
      title_(incoming.title),
      size_(incoming.size),
      twice_(incoming.unpacked),
      reader_({std::move(incoming.name), std::move(incoming.title), 0, true},
              progress_of(std::move(progress))) {}

/// Returns the progress function of the reader of what is unpacked, which does not know how much comes.
trace::LogProgress UnpackingReader::progress_of(trace::LogProgress progress) {
    if (!progress) return {};
    return [this, progress = std::move(progress)](double done, const std::shared_ptr<const trace::Log>& log) {
        const double read = size_ > 0 ? static_cast<double>(taken_) / static_cast<double>(size_) : 0;
        return progress(finishing_ ? std::max(done, unpacking_part) : unpacking_part * std::min(read, 1.0),
                        log);
    };
}

Result<void> UnpackingReader::push(std::span<const std::byte> bytes) {
    if (bytes.empty()) return {};
    if (unpacker_ == nullptr) {
        packing_ = bytes.front() == std::byte{0x1f} ? Packing::gzip : Packing::zstd;
        if (twice_)
            return fail(fmt::format("'{}' is compressed twice; unpack it once (`{} FILE | loopscope open -`)",
                                    name_, packing_ == Packing::gzip ? "zcat" : "zstdcat"),
                        Error::Code::unsupported);
        unpacker_ = std::make_unique<Unpacker>(packing_);
        aside_ = std::make_unique<Aside<Block>>([this](Block& block) { unpack(block); });
    }
    while (!bytes.empty() && wants_more()) {
        const auto piece = bytes.first(std::min(bytes.size(), block_size - next_.size()));
        next_.insert(next_.end(), piece.begin(), piece.end());
        bytes = bytes.subspan(piece.size());
        if (next_.size() == block_size) LOOPSCOPE_CHECK(hand_over());
    }
    return {};
}

/// Unpacks a block, on the thread.
void UnpackingReader::unpack(Block& block) {
    block.unpacked.clear();
    if (!unpacker_->over()) {
        const std::uint64_t allowed = max_unpacked(unpacker_->taken() + block.packed.size());
        unpacker_->unpack(block.packed, block.unpacked, allowed - unpacked_);
        unpacked_ += block.unpacked.size();
    }
    block.state = unpacker_->state();
    block.taken = unpacker_->taken();
}

/// Hands the next block to the thread, and reads what is unpacked by now.
Result<void> UnpackingReader::hand_over() {
    while (aside_->full() || aside_->ready()) LOOPSCOPE_CHECK(read_block());
    std::swap(aside_->slot().packed, next_);
    next_.clear();
    aside_->hand_over();
    return {};
}

/// Reads the oldest block that the thread has. REQUIRES: it has one.
Result<void> UnpackingReader::read_block() {
    const Block& block = *aside_->next();
    state_ = block.state;
    taken_ = block.taken;
    over_ = state_ > Unpacker::State::inside;
    auto read = reader_.wants_more() ? reader_.push(block.unpacked) : Result<void>();
    aside_->release();
    return read;
}

Pausing<Result<Imported>> UnpackingReader::finish_in_pieces() {
    if (wants_more() && !next_.empty()) LOOPSCOPE_CO_CHECK(hand_over());
    while (aside_ && wants_more() && aside_->next() != nullptr) LOOPSCOPE_CO_CHECK(read_block());
    finishing_ = true;
    const std::string wrong = fault();
    Result<Imported> imported = co_await reader_.finish_in_pieces();
    if (wrong.empty()) co_return imported;
    if (!imported)
        co_return fail(fmt::format("{}; {}", imported.error().message, wrong), imported.error().code);
    imported->missing = imported->missing.empty() ? fmt::format("'{}': {}", title_, wrong)
                                                  : fmt::format("{}; {}", imported->missing, wrong);
    co_return imported;
}

/// Returns what is wrong with the compression, as a part of a sentence; empty: nothing that matters.
std::string UnpackingReader::fault() const {
    using State = Unpacker::State;
    const std::string_view packing = name_of(packing_);
    switch (state_) {
        case State::between: return {};
        case State::inside:
            if (!reader_.wants_more()) return {};  // the rest is not read
            return fmt::format("its {} data are cut off, and what they would go on with is missing", packing);
        case State::damaged:
            return fmt::format(
                "its {} data are damaged before byte {}, and what comes after that was left out", packing,
                taken_);
        case State::trailing:
            return fmt::format("what comes after byte {} is no {}, and was left out", taken_, packing);
        case State::too_wide:
            return fmt::format(
                "its {} data refer to more than {} back; unpack it (`zstd -d --long=31 FILE`) and open that",
                packing, size_text(Unpacker::max_window));
        case State::full:
            return fmt::format(
                "it unpacks to more than is read of a file of its size, and what comes after {} was left "
                "out; "
                "unpack it (`{} FILE | loopscope open -`) to read all of it",
                size_text(max_unpacked(taken_)), packing_ == Packing::gzip ? "zcat" : "zstdcat");
    }
    return {};
}

}  // namespace loopscope::exchange
