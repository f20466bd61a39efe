// SPDX-License-Identifier: MIT
#include "core/intake/files.hpp"

#include <algorithm>

namespace loopscope::intake {

bool Files::go_on(std::uint32_t file, StringId path) {
    if (file == 0 || file > numbers_.size() + 1) return out_.refuse_number("file", file, numbers_.size());
    file_ = file;
    if (file <= numbers_.size()) return true;
    if (!path) return out_.refuse("it does not say the path of a new file");
    const std::string name(out_.log().strings()[path]);
    const bool is_source = sources_.empty() || std::ranges::find(sources_, name) != sources_.end();
    if (is_source && paths_.front().empty()) {
        paths_.front() = name;
        numbers_.push_back(1);
    } else {
        paths_.push_back(name);
        numbers_.push_back(static_cast<std::uint32_t>(paths_.size()));
    }
    return true;
}

bool Files::prepare(std::uint32_t line) {
    if (line == 0 || file_ == 0 || numbers_[file_ - 1] == written_) return true;
    const std::uint32_t number = numbers_[file_ - 1];
    const StringId path = out_.intern(paths_[number - 1]);
    written_ = number;
    return out_.write(trace::Kind::file, number, path.value);
}

}  // namespace loopscope::intake
