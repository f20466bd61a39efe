// SPDX-License-Identifier: MIT
#include "app/panels/saved_traces.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/base/excerpt.hpp"

namespace loopscope::panels {
namespace {

/// The maximum number of traces that are remembered: more than anybody undoes.
constexpr std::size_t max_saved = 64;

}  // namespace

SavedTraces::Saved SavedTraces::saved_in(const std::filesystem::path& file, const session::Session& session) {
    std::error_code unknown;
    return {session.index().serial(), session.run(), std::filesystem::absolute(file, unknown),
            session.annotations().marks};
}

void SavedTraces::add(Saved saved) {
    std::error_code unknown;
    if (!std::filesystem::is_regular_file(saved.file, unknown)) saved.file.clear();
    std::erase_if(saved_, [&](const Saved& each) { return each.serial == saved.serial; });
    if (saved_.size() == max_saved) saved_.erase(saved_.begin());
    saved_.push_back(std::move(saved));
}

const SavedTraces::Saved* SavedTraces::find(const session::Session& session) const {
    const auto found = std::ranges::find(saved_, session.index().serial(), &Saved::serial);
    if (found != saved_.end()) return &*found;
    const auto same = std::ranges::find(saved_.rbegin(), saved_.rend(), session.run(), &Saved::run);
    return same == saved_.rend() ? nullptr : &*same;
}

std::optional<std::filesystem::path> SavedTraces::file_of(const session::Session& session) const {
    const Saved* const saved = find(session);
    return saved != nullptr && !saved->file.empty() ? std::optional(saved->file) : std::nullopt;
}

SavedTraces::Unsaved SavedTraces::unsaved(const session::Session& session) const {
    const Saved* const saved = find(session);
    if (saved != nullptr && saved->file.empty()) return Unsaved::recording;
    const bool same =
        saved != nullptr ? session.annotations().marks == saved->marks : session.annotations().marks.empty();
    return same ? Unsaved::nothing : Unsaved::marks;
}

std::string window_title(std::string_view shown, bool is_unsaved) {
    return fmt::format("{}{} - Loopscope", is_unsaved ? "*" : "", terminal_line(excerpt(shown)));
}

}  // namespace loopscope::panels
