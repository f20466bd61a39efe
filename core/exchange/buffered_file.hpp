#pragma once

#include <string>

#include <fmt/format.h>

#include "core/base/atomic_file.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A file that is written in many small pieces, and is replaced as a whole or not at all. A failure is kept
/// until commit().
class BufferedFile {
  public:
    /// Opens a file for what another format says of a log. A long text that is printed again and again would
    /// make it too large for any disk, so that fails.
    static Result<BufferedFile> open(const std::filesystem::path& path, const trace::Log& log) {
        auto file = AtomicFile::open(path);
        if (!file) return tl::unexpected(file.error());
        std::uint64_t texts = 0;
        for (std::uint32_t id = 1; id <= log.strings().size(); ++id)
            texts += log.strings()[StringId{id}].size();
        const std::uint64_t most = free_bytes + bytes_per_event * log.size() + copies * texts;
        return BufferedFile(std::move(*file), path.string(), most);
    }

    void write(std::string_view text) {
        if (!written_) return;
        size_ += text.size();
        if (size_ > most_) {
            written_ =
                fail(fmt::format("'{}' would have more than {} MB, for the trace says long texts again and "
                                 "again; save it as .loopscope",
                                 name_, most_ >> 20));
            return;
        }
        buffer_ += text;
        if (buffer_.size() >= flush_size) flush();
    }
    /// Returns whether there is no use in writing more.
    [[nodiscard]] bool failed() const { return !written_; }
    [[nodiscard]] Result<void> commit() {
        flush();
        return written_ ? file_.commit() : written_;
    }

  private:
    static constexpr std::size_t flush_size = std::size_t{1} << 18;

    // What a trace may take in other formats, beside what each event and each text takes.
    static constexpr std::uint64_t free_bytes = std::uint64_t{1} << 24;
    static constexpr std::uint64_t bytes_per_event = 512;
    static constexpr std::uint64_t copies = 4;

    BufferedFile(AtomicFile file, std::string name, std::uint64_t most)
        : file_(std::move(file)), name_(std::move(name)), most_(most) {}

    void flush() {
        if (written_) written_ = file_.write(buffer_);
        buffer_.clear();
    }

    AtomicFile file_;
    std::string name_;
    std::uint64_t most_;  // bytes that it may have
    std::uint64_t size_ = 0;
    std::string buffer_;
    Result<void> written_;
};

}  // namespace loopscope::exchange
