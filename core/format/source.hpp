#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

namespace loopscope::format {

/// Where the bytes of a file come from.
class Source {
  public:
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    virtual ~Source() = default;

    /// The next bytes, `count` of them or as many as there are; valid until the next call.
    virtual std::span<const std::byte> take(std::size_t count) = 0;
    /// How many there are in all; 0: not known.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
};

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

class FileSource final : public Source {
  public:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using File = std::unique_ptr<std::FILE, Close>;

    FileSource(File file, std::uint64_t size) : file_(std::move(file)), size_(size) {}

    std::span<const std::byte> take(std::size_t count) override {
        // As it comes: a chunk that claims to be large need not be.
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
    [[nodiscard]] bool failed() const { return std::ferror(file_.get()) != 0; }

  private:
    File file_;
    std::uint64_t size_;
    std::vector<std::byte> buffer_;
};

}  // namespace loopscope::format
