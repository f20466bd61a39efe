#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/opening.hpp"
#include "app/session/saving.hpp"
#include "app/session/session.hpp"

namespace loopscope::panels {

/// The files that are on their way into the session and out of it, while it is used.
class Files {
  public:
    /// What came of them in a frame.
    struct News {
        std::optional<session::Opening::Arrival> arrival;  ///< to go over to
        std::string sentence;                              ///< for the user; empty: nothing
    };
    /// What to tell, or to ask, who wants to save.
    struct Reply {
        std::string name;  ///< to ask for once more; empty: none
        std::string sentence;
    };

    /// Reads a file; gives up one that is still being read.
    void open(std::filesystem::path file);
    /// What a run may be called; none: one is being saved, and this one has to wait.
    std::optional<std::string> name_for(const session::Session& session);
    /// Begins to save a run; asks once more if that would replace a file.
    Reply save(const std::string& name, const session::Session& session);
    /// Goes on with all of them, for about `time` each.
    News go_on(std::chrono::nanoseconds time);
    /// Has what can be stopped end. Nothing: nothing was to be stopped; else what to say, if anything.
    std::optional<std::string> stop();
    /// Ends what has to be, before the program does: what is being saved is.
    void finish();

    [[nodiscard]] bool busy() const { return opening_ || saving_; }
    /// How far it is, as a sentence; empty: nothing is under way.
    [[nodiscard]] std::string progress() const;

  private:
    [[nodiscard]] std::string go_on_saving(std::chrono::nanoseconds time);

    std::unique_ptr<session::Opening> opening_;
    std::vector<std::unique_ptr<session::Opening>> left_;  // told to stop, and not there yet
    std::unique_ptr<session::Saving> saving_;
    std::filesystem::path to_replace_;  // a file that the user has been warned of
};

}  // namespace loopscope::panels
