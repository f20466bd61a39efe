#include "core/base/string_table.hpp"

namespace loopscope {

StringTable::StringTable(const StringTable& other) {
    for (const std::string& text : other.strings_) intern(text);
}

StringTable& StringTable::operator=(const StringTable& other) {
    if (this != &other) *this = StringTable(other);
    return *this;
}

StringId StringTable::intern(std::string_view text) {
    if (text.empty()) return {};
    if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
    strings_.emplace_back(text);
    const StringId id{static_cast<std::uint32_t>(strings_.size())};
    numbers_.emplace(strings_.back(), id);
    return id;
}

std::string_view StringTable::operator[](StringId id) const {
    return id && id.value <= strings_.size() ? std::string_view(strings_[id.value - 1]) : std::string_view();
}

}  // namespace loopscope
