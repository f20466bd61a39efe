// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/saved_traces.hpp"
#include "app/session/session.hpp"
#include "core/feed/opening.hpp"
#include "core/feed/saving.hpp"

namespace loopscope::panels {

/// Returns what is saved of a session besides the events.
format::Info info_to_save(const session::Session& session);

/// The files that are being opened or saved while the session is used. Used from the main thread only; a file
/// is read on a thread of its own.
class Files {
  public:
    /// The results of one frame's work.
    struct News {
        std::shared_ptr<feed::Branch> beginning;        ///< of a file that is being read, to be shown
        std::optional<feed::Opening::Arrival> arrival;  ///< a trace that was read and is to be shown
        std::shared_ptr<feed::Branch> begun;      ///< its beginning, which was to be shown; null: none was
        std::filesystem::path file;               ///< where that came from
        std::optional<SavedTraces::Saved> saved;  ///< a trace that is saved now
        bool save_failed = false;                 ///< a trace could not be saved, or not all of it
        std::string sentence;                     ///< a sentence for the user; empty: none
    };
    /// The answer to a request to save.
    struct Reply {
        std::string name;  ///< a file name to ask for again; empty: none
        std::string sentence;
    };

    /// Starts to read a file; cancels one that is still being read.
    void open(std::filesystem::path file);
    /// Goes on with reading a file whose beginning is shown.
    void go_on_opening(std::unique_ptr<feed::Opening> opening, std::filesystem::path file,
                       std::shared_ptr<feed::Branch> beginning);
    /// Returns whether a session shows the beginning of a file that is still being read.
    [[nodiscard]] bool reads(const session::Session& session) const {
        return beginning_ && session.branch() == beginning_;
    }
    /// Returns a proposal for the name of the run's file, empty if it came without a name; nothing while
    /// another run is being saved. `file` is the one that it has already, if any.
    std::optional<std::string> name_for(const session::Session& session,
                                        const std::optional<std::filesystem::path>& file = {});
    /// Starts to save the run of a session. Replies with the name, to ask for it again, if the file exists
    /// and is not `file`, the one that it has already.
    Reply save(const std::string& name, const session::Session& session,
               const std::optional<std::filesystem::path>& file = {});
    /// Continues all work, for about `time` each.
    News go_on(std::chrono::nanoseconds time);
    /// Stops what can be stopped. Returns nothing if there was nothing to stop, and else a sentence for the
    /// user, which may be empty.
    std::optional<std::string> stop();
    /// Completes the file that is being saved, before the program ends.
    void finish();

    /// Returns whether a run is being saved.
    [[nodiscard]] bool saves() const { return saving_ != nullptr; }
    /// Returns whether a file is being opened or saved.
    [[nodiscard]] bool busy() const { return opening_ || saving_; }
    /// Returns a sentence with the progress; empty if nothing is under way.
    [[nodiscard]] std::string progress() const;

  private:
    void leave_opening();
    void go_on_opening(std::chrono::nanoseconds time, News& news);
    [[nodiscard]] News go_on_saving(std::chrono::nanoseconds time);

    std::unique_ptr<feed::Opening> opening_;
    std::filesystem::path opened_;                      // what is being opened
    std::shared_ptr<feed::Branch> beginning_;           // of that, once it was handed over
    std::vector<std::unique_ptr<feed::Opening>> left_;  // cancelled, but not finished yet
    std::unique_ptr<feed::Saving> saving_;
    SavedTraces::Saved saved_;          // what is being saved
    std::filesystem::path to_replace_;  // a file about which the user was warned
};

}  // namespace loopscope::panels
