// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.hpp"
#include "core/explore/runner.hpp"
#include "core/feed/schedule_server.hpp"

namespace loopscope::feed {

/// Reads the run that an answer tells of: its choices and what came of them. `program` is what its trace is
/// called. What it writes to stderr is no part of its output: those are reports, of what is known besides. In
/// its output each address, such as that of <Event at 0x7f…>, is 0x…, for what is somewhere else
/// in memory is no other outcome. Fails if the records make no sense, or if nothing ran on an asyncio loop;
/// the error says by which schedule that is had again, which `order` or the records tell.
Result<explore::Ran> read_run(const ScheduleServer::Answer& answer, const explore::Order& order,
                              const std::string& program);

/// Returns the choices that a run has made up to now, as far as its spool can be read.
explore::Choices choices_so_far(const std::filesystem::path& spool);

/// Returns an error of a run with how to run its schedule once more behind it: that of the order, or, if that
/// was random, the choices that were made. Nothing is added where it was asyncio's own order.
Error with_schedule(Error error, const explore::Order& order, explore::Choices made);

/// Returns a text with 0x… in place of each number of six hexadecimal digits or more behind 0x.
std::string without_addresses(std::string text);

/// Returns an error if two runs of one schedule are not the same, a sentence that names the first thing in
/// which they differ and what to do. `program` is what it is about.
Result<void> check_same(const explore::Ran& one, const explore::Ran& other, const std::string& program);

}  // namespace loopscope::feed
