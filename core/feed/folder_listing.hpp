// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/job.hpp"
#include "core/base/result.hpp"
#include "core/base/worker.hpp"

namespace loopscope::feed {

/// A job: lists a folder, for somebody who looks for a trace to open, on a thread of its own, for a folder
/// may be far away. Once the list is there the thread looks into the files, one after another: which of them
/// begin like a trace that can be read. Used from one thread; the destructor stops the work soon.
class FolderListing {
  public:
    /// The maximum number of entries that are listed.
    static constexpr std::size_t max_entries = 20'000;

    /// A file or a folder.
    struct Entry {
        std::string name;  ///< without the folder
        bool is_folder = false;
        std::uint64_t size = 0;  ///< of a file, in bytes
    };
    /// What is known of an entry.
    enum class Kind : std::uint8_t {
        unknown,  ///< it was not looked at yet
        folder,
        trace,  ///< a file that begins like a trace
        other,
    };

    /// Starts to list a folder.
    explicit FolderListing(std::filesystem::path folder);
    /// Starts to look at files that are listed already, by their paths. Those that are not there are left
    /// out.
    explicit FolderListing(std::vector<std::filesystem::path> files);
    FolderListing(const FolderListing&) = delete;
    FolderListing& operator=(const FolderListing&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    /// Returns the entries once they are there: folders first, then by name. Stays as it is from then on.
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    /// Returns whether the list is there; what the entries are may still be unknown.
    [[nodiscard]] bool listed() const { return listed_; }
    [[nodiscard]] Kind kind(std::size_t entry) const { return kinds_[entry].load(std::memory_order_relaxed); }
    /// Returns how many entries are left out, because there are too many.
    [[nodiscard]] std::size_t left_out() const { return left_out_; }
    /// Returns the path of an entry.
    [[nodiscard]] std::filesystem::path path(std::size_t entry) const {
        return folder_ / entries_[entry].name;
    }

    /// Takes what the thread has done; never blocks. Returns `waiting` while it works, `ended` once all is
    /// known, `failed` if the folder cannot be listed.
    Status poll(std::chrono::nanoseconds time);
    /// Returns how much is known, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Stops the work soon.
    void cancel() { worker_.request_stop(); }
    /// Returns why the folder cannot be listed, as a sentence. REQUIRES: poll() returned `failed`.
    [[nodiscard]] const Error& error() const { return outcome_.error(); }

  private:
    void list(const std::stop_token& stop);
    void list_files(const std::vector<std::filesystem::path>& files);
    void look_into_files();

    std::filesystem::path folder_;
    std::vector<Entry> found_;  // used by the thread until it has listed all
    std::size_t left_out_ = 0;  // used by the thread until it has listed all
    Result<void> outcome_;      // used by the thread until it has listed all
    std::vector<Entry> entries_;
    std::unique_ptr<std::atomic<Kind>[]> kinds_;
    std::atomic<std::size_t> known_{0};
    bool listed_ = false;
    bool over_ = false;
    Worker worker_;  // last: it uses the other members
};

static_assert(Job<FolderListing>);

/// Returns whether a file begins like a trace that can be read. Reads its first bytes; of a pipe or a device,
/// none.
bool begins_like_trace(const std::filesystem::path& file);

}  // namespace loopscope::feed
