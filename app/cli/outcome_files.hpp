// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/base/result.hpp"
#include "core/explore/explore.hpp"
#include "core/feed/python_runner.hpp"

namespace loopscope::cli {

/// The folder for the traces of what a program could do: ordinary.loopscope, asyncio's own order, and
/// 1.loopscope and so on, the outcomes that are listed, in their order.
class OutcomeFiles {
  public:
    /// Makes the folder, if it is not there. Fails if it cannot be written.
    static Result<OutcomeFiles> create(std::filesystem::path folder);
    OutcomeFiles(OutcomeFiles&& other) noexcept = default;
    OutcomeFiles& operator=(OutcomeFiles&& other) = delete;
    /// Removes the folder, if it was made and nothing was written.
    ~OutcomeFiles();

    /// Runs each schedule once more and writes the traces; removes those of an earlier exploration that had
    /// more outcomes. Fails if the program cannot be run or a file cannot be written.
    Result<void> write(feed::PythonRunner& runner, const explore::Report& report);

    [[nodiscard]] std::filesystem::path ordinary() const { return folder_ / "ordinary.loopscope"; }
    /// Returns the path of an outcome by its place in the report, from 0.
    [[nodiscard]] std::filesystem::path outcome(std::size_t place) const;

  private:
    explicit OutcomeFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
    Result<void> write(feed::PythonRunner& runner, const explore::Schedule& schedule, std::string notes,
                       const std::filesystem::path& path);

    std::filesystem::path folder_;
    bool is_new_ = false;
};

}  // namespace loopscope::cli
