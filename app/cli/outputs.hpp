// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace loopscope::cli {

/// Checks the files that a command reads and writes before it does anything, so that no file is lost by
/// mistake: because a name is given twice, even in other words or through a link, or because it is the name
/// of another kind of file.
class Outputs {
  public:
    /// Adds a file that is read; `-` is standard input.
    void reads(std::string path) { inputs_.push_back(std::move(path)); }
    /// Adds a file that is written, if there is one. `option` is the name of its argument. The file's name
    /// must have one of `endings`, if there are any.
    void writes(std::string_view option, const std::optional<std::string>& path,
                std::initializer_list<std::string_view> endings);

    /// Returns an error for the first file that cannot be meant. A device or a pipe may have any name.
    [[nodiscard]] Result<void> check() const;

  private:
    struct Output {
        std::string option;
        std::string path;
        std::vector<std::string_view> endings;
    };
    /// Returns what is wrong with an output's name, as the rest of a sentence; empty if nothing is.
    [[nodiscard]] static std::string wrong_name(const Output& output);
    /// Returns what is wrong with the file of the output with this index, compared with the inputs and the
    /// outputs before it; empty if nothing is.
    [[nodiscard]] std::string wrong_file(std::size_t location) const;

    std::vector<std::string> inputs_;
    std::vector<Output> outputs_;
};

}  // namespace loopscope::cli
