// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::panels {

/// What is known of the files of the traces that a window has shown: where each was opened or saved, and with
/// which marks. Traces are told apart by their indexes' serial numbers; a program's run that undo has made
/// anew, by the number that the session gives to runs.
class SavedTraces {
  public:
    /// A trace as its file has it.
    struct Saved {
        std::uint64_t serial = 0;
        std::uint64_t run = 0;       ///< Session::run()
        std::filesystem::path file;  ///< absolute; empty: it came from a pipe, and is in no file
        std::vector<trace::Mark> marks;
    };

    /// Returns the state of a session's trace as a file is going to have it.
    static Saved saved_in(const std::filesystem::path& file, const session::Session& session);
    /// Remembers that a trace is in a file; that it came from a pipe, if the file is no regular one.
    void add(Saved saved);
    /// Returns the file of a session's trace; nothing if it has none.
    [[nodiscard]] std::optional<std::filesystem::path> file_of(const session::Session& session) const;
    /// Returns what of a session's trace would be lost with the window.
    enum class Unsaved : std::uint8_t { nothing, marks, recording };
    [[nodiscard]] Unsaved unsaved(const session::Session& session) const;

  private:
    [[nodiscard]] const Saved* find(const session::Session& session) const;

    std::vector<Saved> saved_;  // the latest last
};

/// Returns the title of a window: what is shown, after a star if it has something that is not saved.
std::string window_title(std::string_view shown, bool is_unsaved);

}  // namespace loopscope::panels
