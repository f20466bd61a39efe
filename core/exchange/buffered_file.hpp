#pragma once

#include <string>

#include "core/base/atomic_file.hpp"

namespace loopscope::exchange {

/// A file that is written in many small pieces, and is replaced as a whole or not at all. A failure is kept
/// until commit().
class BufferedFile {
  public:
    static Result<BufferedFile> open(const std::filesystem::path& path) {
        auto file = AtomicFile::open(path);
        if (!file) return tl::unexpected(file.error());
        return BufferedFile(std::move(*file));
    }

    void write(std::string_view text) {
        buffer_ += text;
        if (buffer_.size() >= flush_size) flush();
    }
    [[nodiscard]] Result<void> commit() {
        flush();
        return written_ ? file_.commit() : written_;
    }

  private:
    static constexpr std::size_t flush_size = std::size_t{1} << 18;

    explicit BufferedFile(AtomicFile file) : file_(std::move(file)) {}

    void flush() {
        if (written_) written_ = file_.write(buffer_);
        buffer_.clear();
    }

    AtomicFile file_;
    std::string buffer_;
    Result<void> written_;
};

}  // namespace loopscope::exchange
