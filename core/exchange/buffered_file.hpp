// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "core/base/atomic_file.hpp"
#include "core/base/progress.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A file that is written in many small pieces, and is replaced as a whole or not at all. The first failure
/// is kept until commit().
class BufferedFile {
  public:
    /// Opens a file for a log in another format. The size of the file is limited, because a long text that is
    /// printed over and over would make it too large for any disk; what an info says may come on top. Fails
    /// as AtomicFile::open does. `progress` is told how far goes_on() has come, and may stop the writing;
    /// null: nothing is told.
    static Result<BufferedFile> open(const std::filesystem::path& path, const trace::Log& log,
                                     const format::Info& info = {}, const Progress& progress = {}) {
        LOOPSCOPE_TRY(file, AtomicFile::open(path));
        std::uint64_t texts = 0;
        for (std::uint32_t id = 1; id <= log.strings().size(); ++id)
            texts += log.strings()[StringId{id}].size();
        texts += info.source.size() + info.notes.size();
        for (const format::Listing& each : info.listings) texts += each.text.size();
        for (const trace::Mark& each : info.marks) texts += each.text.size();
        const std::uint64_t limit = free_bytes + bytes_per_event * log.size() + copies * texts;
        BufferedFile opened(std::move(file), path.string(), limit);
        opened.progress_ = progress;
        opened.events_ = log.size();
        return opened;
    }

    /// Returns whether writing more is of use: nothing has failed. Told of events, in their order, so that
    /// the progress is known; if that stops the writing, commit() fails and says so.
    [[nodiscard]] bool goes_on(EventIndex at) {
        constexpr std::uint32_t events_at_once = 1U << 12;
        if (progress_ && written_ && at.value % events_at_once == 0 &&
            !progress_(static_cast<double>(at.value) / static_cast<double>(std::max(events_, 1U))))
            written_ = fail(fmt::format("Not written: '{}' is unchanged", name_), Error::Code::cancelled);
        return written_.has_value();
    }

    /// Appends text, unless an earlier write failed. Writing more than the limit is a failure.
    void write(std::string_view text) {
        if (!written_) return;
        size_ += text.size();
        if (size_ > limit_) {
            written_ =
                fail(fmt::format("'{}' would have more than {} MB, because the trace repeats long texts; "
                                 "save it as .loopscope",
                                 name_, limit_ >> 20),
                     Error::Code::too_large);
            return;
        }
        buffer_ += text;
        if (buffer_.size() >= flush_size) flush();
    }
    /// Replaces the target, as AtomicFile::commit does. Fails if this or an earlier write failed.
    [[nodiscard]] Result<void> commit() {
        flush();
        return written_ ? file_.commit() : written_;
    }

  private:
    static constexpr std::size_t flush_size = std::size_t{1} << 18;

    // The size that a trace may have in other formats, apart from what each event and each text may take.
    static constexpr std::uint64_t free_bytes = std::uint64_t{1} << 24;
    static constexpr std::uint64_t bytes_per_event = 512;
    static constexpr std::uint64_t copies = 4;

    BufferedFile(AtomicFile file, std::string name, std::uint64_t limit)
        : file_(std::move(file)), name_(std::move(name)), limit_(limit) {}

    void flush() {
        if (written_) written_ = file_.write(buffer_);
        buffer_.clear();
    }

    AtomicFile file_;
    std::string name_;
    Progress progress_;
    std::uint32_t events_ = 0;
    std::uint64_t limit_;  // maximum size in bytes
    std::uint64_t size_ = 0;
    std::string buffer_;
    Result<void> written_;
};

}  // namespace loopscope::exchange
