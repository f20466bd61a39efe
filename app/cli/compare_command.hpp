// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session/comparison.hpp"

namespace loopscope::cli {

/// The arguments of `loopscope compare`, as the user wrote them.
struct CompareRequest {
    std::string program;                      ///< of the catalogue; or the first of two traces
    std::string other_file;                   ///< the second of two traces; empty: a program is meant
    std::vector<std::string> storages;        ///< at most two; a single one is for both sides
    std::vector<std::string> versions;        ///< of asyncio, at most two; a single one is for both sides
    std::vector<std::string> settings;        ///< NAME=VALUE, for both sides
    std::vector<std::string> other_settings;  ///< NAME=VALUE, for the second side only
    std::optional<std::string> png;
    std::string size = "1920x540";
};

/// Returns both outputs, one above the other, with a caret below each difference, in blocks of at most
/// `width` characters. `one` and `other` are the names of the sides.
std::string comparison_text(const session::Comparison& comparison, std::string_view one,
                            std::string_view other, std::size_t width = 100);

/// Returns sentences about a comparison: the first difference, how many there are, and how many prints of
/// each side are stale. `one` and `other` are the names of the sides.
std::string comparison_summary(const session::Comparison& comparison, std::string_view one,
                               std::string_view other);

/// Runs a program twice, or reads two traces, and prints both outputs with their differences marked and a
/// sentence about the first difference. Returns the exit code, which does not depend on whether the outputs
/// differ.
int compare_command(const CompareRequest& request);

}  // namespace loopscope::cli
