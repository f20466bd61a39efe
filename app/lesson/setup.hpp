// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "app/lesson/sheet.hpp"
#include "core/feed/feed.hpp"

namespace loopscope::lesson {

/// Returns the storage that entries name; none if they name none. Fails if there is no such storage; the
/// error names the line.
Result<std::optional<trace::Storage>> read_storage(const Sheet& sheet, const std::vector<Entry>& entries);

/// Returns what entries say is to be run: the program named by `key`, `storage`, and each `set`. What they do
/// not name is as in `base`. Fails at the first entry that has no meaning; the error names the line.
/// REQUIRES: there is an entry with that key.
Result<feed::Setup> read_setup(const Sheet& sheet, const std::vector<Entry>& entries, std::string_view key,
                               const feed::Setup& base);

/// Returns the value of an entry that the front matter must have. Fails if it has none; the error shows
/// `example`.
Result<std::string> required(const Sheet& sheet, std::string_view key, std::string_view example);

}  // namespace loopscope::lesson
