// SPDX-License-Identifier: MIT
#include "core/feed/beginning.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/base/input.hpp"
#include "core/feed/file_feed.hpp"
#include "core/format/reader.hpp"

namespace loopscope::feed {
namespace {

/// The part of a file in which its beginning is looked for, and the pieces in which that is read.
constexpr std::uint64_t share = 10;
constexpr std::uint64_t pieces = 8;

}  // namespace

std::shared_ptr<Branch> read_beginning(const std::filesystem::path& path, std::uint32_t count) {
    std::error_code unknown;
    // What comes through a pipe can be read once only.
    if (!std::filesystem::is_regular_file(path, unknown)) return nullptr;
    const auto input = Input::open(path);
    if (!input) return nullptr;
    std::uint32_t known = 0;
    const auto counts = [&](double, const std::shared_ptr<const trace::Log>& log) {
        known = log->size();
        return true;
    };
    format::Reader reader((*input)->name(), {(*input)->size(), counts, format::ChunkReader::Unfolding::here});
    std::uint64_t left = (*input)->size() / share;
    const std::uint64_t piece = left / pieces + 1;
    std::span<const std::byte> bytes;
    while (known < count) {
        if (bytes.empty()) {
            const auto more = (*input)->read();
            if (!more || more->empty()) return nullptr;
            bytes = *more;
        }
        const auto size = std::min({std::uint64_t{bytes.size()}, piece, left});
        const auto next = bytes.first(static_cast<std::size_t>(size));
        if (next.empty() || !reader.push(next) || !reader.wants_more()) return nullptr;
        bytes = bytes.subspan(next.size());
        left -= next.size();
    }
    auto loaded = reader.finish();  // as of a file that was cut there
    if (!loaded) return nullptr;
    Analysis analysis;
    analysis.update(*loaded->log, loaded->log->size());
    return branch_of_file(std::move(loaded->log), std::move(loaded->info), (*input)->title(),
                          std::move(analysis), Status::waiting);
}

}  // namespace loopscope::feed
