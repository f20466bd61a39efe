// SPDX-License-Identifier: MIT
#include "core/scenario/listing.hpp"

#include <algorithm>

namespace loopscope::scenario {
namespace {

/// A line without its marker, and its label.
struct Parts {
    std::string_view line;
    std::string_view label;
};

Parts split(std::string_view line) {
    const std::size_t open = line.rfind(" [");
    if (!line.ends_with(']') || open == std::string_view::npos) return {line, {}};
    std::string_view rest = line.substr(0, open);
    const std::string_view label = line.substr(open + 2, line.size() - open - 3);
    if (rest.ends_with("//"))
        rest.remove_suffix(2);
    else if (rest.ends_with('#'))
        rest.remove_suffix(1);
    else
        return {line, {}};
    return {rest.substr(0, rest.find_last_not_of(' ') + 1), label};
}

}  // namespace

Listing::Listing(std::string_view marked) {
    for (std::size_t begin = 0; begin < marked.size();) {
        const std::size_t end = std::min(marked.find('\n', begin), marked.size());
        const auto [line, label] = split(marked.substr(begin, end - begin));
        lines_.emplace_back(line);
        labels_.emplace_back(label);
        text_.append(line).push_back('\n');
        begin = end + 1;
    }
}

std::string_view Listing::label(std::uint32_t line) const {
    return line == 0 || line > labels_.size() ? std::string_view() : labels_[line - 1];
}

std::uint32_t Listing::line_of(std::string_view label) const {
    if (label.empty()) return 0;
    const auto found = std::ranges::find(labels_, label);
    return found == labels_.end() ? 0 : static_cast<std::uint32_t>(found - labels_.begin()) + 1;
}

std::uint32_t Listings::twin_line(std::uint32_t line) const {
    return twin.line_of(native.label(line));
}

}  // namespace loopscope::scenario
