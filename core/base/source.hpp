// SPDX-License-Identifier: MIT
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "core/base/os_error.hpp"
#include "core/base/result.hpp"

namespace loopscope {

/// The bytes of a file or of memory, in order. Used from one thread.
class Source {
  public:
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    virtual ~Source() = default;

    /// Returns the next `count` bytes, or as many as there are; valid until the next call.
    virtual std::span<const std::byte> take(std::size_t count) = 0;
    /// Returns the number of bytes in all; 0 if it is not known.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
};

/// A source of bytes in memory, which has to outlive it.
class MemorySource final : public Source {
  public:
    explicit MemorySource(std::span<const std::byte> bytes) : rest_(bytes), size_(bytes.size()) {}

    std::span<const std::byte> take(std::size_t count) override {
        const auto taken = rest_.first(count < rest_.size() ? count : rest_.size());
        rest_ = rest_.subspan(taken.size());
        return taken;
    }
    [[nodiscard]] std::uint64_t size() const override { return size_; }

  private:
    std::span<const std::byte> rest_;
    std::uint64_t size_;
};

/// A source of the bytes of a file.
class FileSource final : public Source {
  public:
    /// Opens a file for reading. Fails if it cannot be opened or is a folder.
    static Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path) {
        std::error_code error;
        if (std::filesystem::is_directory(path, error))
            return fail(fmt::format("'{}' is a folder; name a file in it", path.string()),
                        Error::Code::invalid_argument);
        File file(std::fopen(path.c_str(), "rb"));
        if (!file) return fail(fmt::format("cannot open '{}'", path.string()), read_reason(errno));
        const auto size = std::filesystem::file_size(path, error);
        return std::unique_ptr<FileSource>(new FileSource(path, std::move(file), error ? 0 : size));
    }

    std::span<const std::byte> take(std::size_t count) override {
        // Grows in pieces: a chunk that claims to be large need not be.
        constexpr std::size_t piece = std::size_t{1} << 20;
        std::size_t have = 0;
        while (have < count) {
            const std::size_t want = count - have < piece ? count - have : piece;
            if (buffer_.size() < have + want) buffer_.resize(have + want);
            const std::size_t read = std::fread(buffer_.data() + have, 1, want, file_.get());
            have += read;
            if (read < want) break;
        }
        return std::span<const std::byte>(buffer_).first(have);
    }
    [[nodiscard]] std::uint64_t size() const override { return size_; }
    /// Fails if a read failed, as on a broken disk; take() then returned too few bytes.
    [[nodiscard]] Result<void> check() const {
        if (std::ferror(file_.get()) == 0) return {};
        return fail(fmt::format("cannot read '{}': the disk or the network fails", path_.string()),
                    Error::Code::io);
    }

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using File = std::unique_ptr<std::FILE, Close>;

    FileSource(std::filesystem::path path, File file, std::uint64_t size)
        : path_(std::move(path)), file_(std::move(file)), size_(size) {}

    std::filesystem::path path_;
    File file_;
    std::uint64_t size_;
    std::vector<std::byte> buffer_;
};

}  // namespace loopscope
