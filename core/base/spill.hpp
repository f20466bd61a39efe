// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace loopscope {

/// Memory for much that is seldom looked at, for as long as this lives. The first of it is plain memory, and
/// what comes when there is much is in a file that is mapped: the system writes it out and takes the memory
/// for others, and reads it again where somebody looks. The file is in $TMPDIR, else in /var/tmp, has no
/// name, and is gone with this object, however the process ends. Where no file can be made, or the disk is
/// full, all stay in memory.
///
/// One thread calls store() and take() at a time; any number of threads may read what is stored.
class Spill {
  public:
    /// How much is taken from the system at once, unless more is asked for: much more than a page, and much
    /// less than what is kept.
    static constexpr std::size_t extent_size = std::size_t{4} << 20;
    /// A part of the memory.
    struct Part {
        std::span<std::byte> bytes;
        bool in_file = false;
    };

    /// How many bytes stay in memory, where nothing else is said.
    static constexpr std::size_t default_kept = std::size_t{96} << 20;

    explicit Spill(std::size_t kept = default_kept) : kept_(kept) {}
    Spill(const Spill&) = delete;
    Spill& operator=(const Spill&) = delete;
    ~Spill();

    /// Takes memory, which may be read and written until this object ends, and is not initialised. Throws
    /// std::bad_alloc.
    [[nodiscard]] Part take(std::size_t size);
    /// Stores words. Returns them where they are from now on, until this object ends. Throws std::bad_alloc.
    std::span<const std::uint32_t> store(std::span<const std::uint32_t> words);
    /// Gives back the memory of what is in the file: it is read again from there when somebody looks. For
    /// those who have read much that nobody looks at soon.
    void let_go();
    /// The same of a part.
    static void let_go(const Part& part);
    /// Gives a part back for good: what it has is lost, in memory and in the file.
    static void drop(const Part& part);

    /// Returns how many bytes are in memory whoever looks at what.
    [[nodiscard]] std::size_t bytes_in_memory() const { return in_memory_; }
    /// Returns how many bytes the file has.
    [[nodiscard]] std::size_t bytes_in_file() const { return in_file_; }

  private:
    void add_extent(std::size_t size);
    [[nodiscard]] bool open_file();
    [[nodiscard]] std::byte* map_file(std::size_t size);

    std::size_t kept_;
    std::size_t in_memory_ = 0;
    std::size_t in_file_ = 0;
    int file_ = -1;
    bool no_file_ = false;  // whether making or growing the file has failed
    std::vector<Part> extents_;
    std::size_t used_ = 0;  // bytes of the last extent
};

}  // namespace loopscope
