// SPDX-License-Identifier: MIT
#include "core/feed/folder_listing.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <stop_token>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/base/os_error.hpp"
#include "core/base/unexpected.hpp"
#include "core/exchange/any_reader.hpp"

namespace loopscope::feed {
namespace {

namespace fs = std::filesystem;

char in_lower_case(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool comes_before(const FolderListing::Entry& one, const FolderListing::Entry& other) {
    if (one.is_folder != other.is_folder) return one.is_folder;
    const auto by_letter =
        std::ranges::lexicographical_compare(one.name, other.name, {}, in_lower_case, in_lower_case);
    const auto by_other =
        std::ranges::lexicographical_compare(other.name, one.name, {}, in_lower_case, in_lower_case);
    return by_letter != by_other ? by_letter : one.name < other.name;
}

FolderListing::Entry entry_of(const fs::path& path, std::string name) {
    std::error_code unknown;
    FolderListing::Entry entry{std::move(name), fs::is_directory(path, unknown), 0};
    if (!entry.is_folder && fs::is_regular_file(path, unknown)) entry.size = fs::file_size(path, unknown);
    return entry;
}

}  // namespace

bool begins_like_trace(const fs::path& file) {
    std::error_code unknown;
    if (!fs::is_regular_file(file, unknown)) return false;  // to open a pipe would wait for its writer
    std::vector<char> bytes(exchange::max_first_bytes);
    std::ifstream stream(file, std::ios::binary);
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    return exchange::may_be_trace({std::as_bytes(std::span(bytes)), true});
}

FolderListing::FolderListing(fs::path folder) : folder_(std::move(folder)) {
    worker_.start([this](const std::stop_token& stop) { list(stop); });
}

FolderListing::FolderListing(std::vector<fs::path> files) {
    worker_.start([this, files = std::move(files)](const std::stop_token&) { list_files(files); });
}

void FolderListing::list(const std::stop_token& stop) {
    std::error_code failed;
    for (fs::directory_iterator each(folder_, failed); !failed && each != fs::directory_iterator();
         each.increment(failed)) {
        if (stop.stop_requested()) return;
        if (found_.size() == max_entries)
            ++left_out_;
        else
            found_.push_back(entry_of(each->path(), each->path().filename().string()));
    }
    if (failed)
        outcome_ = fail(fmt::format("cannot list '{}'", folder_.string()), read_reason(failed.value()));
    std::ranges::sort(found_, comes_before);
}

void FolderListing::list_files(const std::vector<fs::path>& files) {
    std::error_code unknown;
    for (const fs::path& each : files) {
        if (fs::exists(each, unknown)) found_.push_back(entry_of(each, each.string()));
    }
}

Status FolderListing::poll(std::chrono::nanoseconds time) {
    if (over_) return outcome_ ? Status::ended : Status::failed;
    if (const Status status = worker_.poll(time); !is_over(status)) return status;
    if (worker_.error()) outcome_ = tl::unexpected(unexpected_error(worker_.error()));
    over_ = !outcome_ || listed_;
    if (over_) return outcome_ ? Status::ended : Status::failed;
    listed_ = true;
    entries_ = std::move(found_);
    kinds_ = std::make_unique<std::atomic<Kind>[]>(entries_.size());
    look_into_files();
    return Status::grew;
}

void FolderListing::look_into_files() {
    worker_.start([this](const std::stop_token& stop) {
        for (std::size_t each = 0; each < entries_.size() && !stop.stop_requested(); ++each) {
            const Kind kind = entries_[each].is_folder        ? Kind::folder
                              : begins_like_trace(path(each)) ? Kind::trace
                                                              : Kind::other;
            kinds_[each].store(kind, std::memory_order_relaxed);
            known_.store(each + 1, std::memory_order_relaxed);
        }
    });
}

double FolderListing::progress() const {
    if (over_) return 1;
    const double count = std::max<double>(static_cast<double>(entries_.size()), 1);
    return static_cast<double>(known_.load(std::memory_order_relaxed)) / count;
}

}  // namespace loopscope::feed
