// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace loopscope {

/// Words that are written once, kept for as long as this lives. The first of them are in memory, and those
/// that come when there are many are in a file that is mapped: the system writes it out and takes the memory
/// for others, and reads it again where somebody looks. The file is in $TMPDIR, else in /var/tmp, has no
/// name, and is gone with this object, however the process ends. Where no file can be made, or the disk is
/// full, all stay in memory.
///
/// One thread stores at a time; any number of threads may read what is stored.
class Spill {
  public:
    /// How many bytes stay in memory, where nothing else is said.
    static constexpr std::size_t default_kept = std::size_t{96} << 20;

    explicit Spill(std::size_t kept = default_kept) : kept_(kept) {}
    Spill(const Spill&) = delete;
    Spill& operator=(const Spill&) = delete;
    ~Spill();

    /// Stores words. Returns them where they are from now on, until this object ends. Throws std::bad_alloc.
    std::span<const std::uint32_t> store(std::span<const std::uint32_t> words);
    /// Gives back the memory of what is in the file: it is read again from there when somebody looks. For
    /// those who have read much that nobody looks at soon.
    void let_go();

    /// Returns how many bytes are in memory whoever looks at what.
    [[nodiscard]] std::size_t bytes_in_memory() const { return in_memory_; }
    /// Returns how many bytes the file has.
    [[nodiscard]] std::size_t bytes_in_file() const { return in_file_; }

  private:
    struct Extent {
        std::byte* begin;
        std::size_t size;
        bool in_file;
    };

    void add_extent(std::size_t size);
    static void let_go(const Extent& extent);
    [[nodiscard]] bool open_file();
    [[nodiscard]] std::byte* map_file(std::size_t size);

    std::size_t kept_;
    std::size_t in_memory_ = 0;
    std::size_t in_file_ = 0;
    int file_ = -1;
    bool no_file_ = false;  // whether making or growing the file has failed
    std::vector<Extent> extents_;
    std::size_t used_ = 0;  // bytes of the last extent
};

}  // namespace loopscope
