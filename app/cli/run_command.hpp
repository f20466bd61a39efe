// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/picture_options.hpp"
#include "core/feed/feed.hpp"

namespace loopscope::cli {

/// The arguments of `loopscope run`, as the user wrote them.
struct RunRequest {
    std::string program;
    std::string storage = "global";
    std::vector<std::string> settings;  ///< NAME=VALUE
    std::vector<std::string> switches;  ///< TIME=STORAGE
    std::optional<std::string> until;
    std::optional<std::string> png;
    std::optional<std::string> svg;
    PictureRequest picture;
    std::optional<std::string> save;      ///< a .loopscope file that grows as the program runs
    std::string note;                     ///< a note in that file or page, for whoever opens it
    std::optional<std::string> chrome;    ///< a .json file for chrome://tracing and others
    std::optional<std::string> perfetto;  ///< a .pftrace file for ui.perfetto.dev
    std::optional<std::string> html;      ///< a page for any browser, with the trace inside
    std::optional<EventIndex> at;
    std::string schedule;  ///< as explore::text_of writes it; empty: asyncio's own order
    bool events = false;
};

/// Runs a program without a window: prints what it prints to stdout, ended by a newline, and everything else
/// to stderr. Returns the exit code.
int run_command(const RunRequest& request);

/// Runs the program of a setup without a window, with its parameters, storage and schedule; `request` says
/// what else to do. Returns the exit code.
int run_setup(const feed::Setup& setup, const RunRequest& request);

}  // namespace loopscope::cli
