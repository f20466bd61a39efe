// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/gl/image.hpp"
#include "app/session/session.hpp"
#include "app/timeline/theme.hpp"
#include "core/feed/exporting.hpp"

namespace loopscope::panels {

/// What can be written from the window besides .loopscope files, by the code of the command line.
enum class ExportAs : std::uint8_t {
    picture,        ///< the window as it is: PNG
    large_picture,  ///< the same with everything twice as large: PNG
    drawing,        ///< the timeline: SVG
    chrome,         ///< the trace for Chrome's viewer and others: JSON
    table,          ///< the events: CSV
    page,           ///< a page for any browser: HTML
};

/// The file that is being exported while the session is used. Used from the main thread only; the file is
/// written on a thread of its own.
class Exports {
  public:
    /// A picture of the window that is to be taken, and its scale.
    struct Wanted {
        std::filesystem::path file;
        int scale = 1;
    };
    /// The answer to a request to export.
    struct Reply {
        std::string name;  ///< a file name to ask for again; empty: none
        std::string sentence;
    };

    /// Chooses what is exported next, and returns a proposal for the name of its file. `file` is the one that
    /// the session's trace has, if any.
    std::string choose(ExportAs as, const session::Session& session,
                       const std::optional<std::filesystem::path>& file);
    /// A lesson or a demo that is shown, which a page then has in the place of the trace.
    struct Show {
        std::string file;
        std::string lesson;  ///< its text; empty: it is none
        std::string demo;
    };
    /// Starts to write what was chosen, of a page with `show` inside. Replies with the name, to ask for it
    /// again, if the file exists.
    Reply start(const std::string& name, const session::Session& session, const timeline::Theme& theme,
                Show show = {});
    /// Returns the picture that is to be taken, once; the caller draws it and calls write().
    [[nodiscard]] std::optional<Wanted> take_wanted();
    /// Starts to write a picture that was taken.
    void write(const std::filesystem::path& file, gl::Image picture);

    /// Continues for about `time`. Returns a sentence for the user once the file is written, or why it is
    /// not.
    std::string go_on(std::chrono::nanoseconds time);
    /// Returns the file that is being written; nothing if none is.
    [[nodiscard]] std::optional<std::filesystem::path> path() const {
        return job_ ? std::optional(job_->path()) : std::nullopt;
    }
    /// Returns whether the file that was written last is complete.
    [[nodiscard]] bool was_written() const { return was_written_; }
    /// Stops the work. Returns false if there was nothing to stop.
    bool stop();
    [[nodiscard]] bool busy() const { return job_ || wanted_; }
    /// Returns a sentence with the progress; empty if nothing is under way.
    [[nodiscard]] std::string progress() const;
    /// Completes the file that is being written, before the program ends.
    void finish();

  private:
    ExportAs as_ = ExportAs::picture;
    std::filesystem::path to_replace_;  // a file about which the user was warned
    std::optional<Wanted> wanted_;
    std::unique_ptr<feed::Exporting> job_;
    bool was_written_ = false;
};

}  // namespace loopscope::panels
