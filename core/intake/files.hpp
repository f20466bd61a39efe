// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/intake/trace_writer.hpp"

namespace loopscope::intake {

/// The files that lines are of. File 1 of the trace is the program's own source.
class Files {
  public:
    explicit Files(TraceWriter& out) : out_(out) {}

    /// Says by which names the recorder may call the program's source. Without any it is the file that is
    /// named first. To be called before the first record is read.
    void set_sources(std::vector<std::string> names) { sources_ = std::move(names); }

    /// Has later lines be of a file of the spool, which may be a new one. Refuses a number out of turn.
    bool go_on(std::uint32_t file, StringId path);
    /// Returns the file of the spool that lines are of.
    [[nodiscard]] std::uint32_t file() const { return file_; }
    /// Prepares for an event with this line, which may be 0: says which file the line is of. Returns whether
    /// that can be said.
    bool prepare(std::uint32_t line);

    /// Returns the paths of the files of the trace, in order of their numbers, from 1. Empty where file 1 was
    /// not named.
    [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }

  private:
    TraceWriter& out_;
    std::vector<std::string> sources_;
    std::vector<std::uint32_t> numbers_;  // in the trace, of the spool's files
    std::vector<std::string> paths_ = std::vector<std::string>(1);
    std::uint32_t file_ = 0;
    std::uint32_t written_ = 0;  // the file of the trace that its next line would be of; 0: none was named
};

}  // namespace loopscope::intake
