// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/explore_command.hpp"
#include "app/cli/record_plan.hpp"
#include "app/cli/spool_command.hpp"

namespace loopscope {

/// Adds the option `--asyncio VERSION` to a command, which is short for a parameter of that name.
void add_asyncio(CLI::App& command, std::vector<std::string>& settings);

/// Adds the options of `loopscope record` to a command. The program and its arguments are not among what is
/// parsed: they may look like options, and have been taken off.
void add_recording(CLI::App& record, cli::RecordRequest& request);

/// Adds the command `explore`. A Python program and its arguments have been taken off; the name of a program
/// of the catalogue has not.
CLI::App* add_explore(CLI::App& app, cli::ExploreRequest& request);

/// Adds the command `spool`. Returns it.
CLI::App* add_spool(CLI::App& app, cli::SpoolRequest& request);

}  // namespace loopscope
