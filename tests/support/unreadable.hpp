#pragma once

#include <cstddef>
#include <stdexcept>
#include <string_view>

#include <sys/mman.h>

namespace loopscope {

/// A text of 64 MB of which only the beginning can be read: code that reads beyond it crashes, so a test that
/// passes shows that no code did.
class UnreadableText {
  public:
    static constexpr std::size_t size = std::size_t{64} << 20;

    /// Makes a text whose first `readable` bytes, rounded up to whole pages, repeat `fill`.
    explicit UnreadableText(std::string_view fill, std::size_t readable = std::size_t{1} << 16)
        : memory_(::mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) {
        if (memory_ == MAP_FAILED || ::mprotect(memory_, readable, PROT_READ | PROT_WRITE) != 0)
            throw std::runtime_error("there is no memory for a text");
        for (std::size_t at = 0; at < readable; ++at) text()[at] = fill[at % fill.size()];
    }
    UnreadableText(const UnreadableText&) = delete;
    UnreadableText& operator=(const UnreadableText&) = delete;
    ~UnreadableText() { ::munmap(memory_, size); }

    [[nodiscard]] std::string_view view() const { return {text(), size}; }

  private:
    [[nodiscard]] char* text() const { return static_cast<char*>(memory_); }

    void* memory_;
};

}  // namespace loopscope
