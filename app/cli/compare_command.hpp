#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session/comparison.hpp"

namespace loopscope::cli {

/// What `loopscope compare` was asked for, as the user wrote it.
struct CompareRequest {
    std::string program;
    std::vector<std::string> storages;        ///< at most two; one: both sides
    std::vector<std::string> settings;        ///< NAME=VALUE, of both sides
    std::vector<std::string> other_settings;  ///< NAME=VALUE, of the second side alone
    std::optional<std::string> png;
    std::string size = "1920x540";
};

/// Both outputs one above the other, each difference marked by a caret below it, in blocks of at most `width`
/// characters.
std::string comparison_text(const session::Comparison& comparison, std::string_view one,
                            std::string_view other, std::size_t width = 100);

/// Runs a program twice and prints both outputs with their differences marked, and a sentence on the first
/// one. Gives the exit code, which does not depend on whether they differ.
int compare_command(const CompareRequest& request);

}  // namespace loopscope::cli
