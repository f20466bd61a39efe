#include "core/exchange/lanes.hpp"

#include <fmt/format.h>

#include "core/base/excerpt.hpp"

namespace loopscope::exchange {
namespace {

/// The maximum length, in bytes, of a process's name in the names of its lanes, each of which repeats it.
constexpr std::size_t max_prefix = 120;

/// Returns the part of a process's name that lanes repeat, cut before a character begins.
std::string shortened(const std::string& name) {
    const std::string_view cut = beginning_of(name, max_prefix);
    return cut.size() == name.size() ? name : std::string(cut) + "…";
}

}  // namespace

std::uint32_t Lanes::process(std::string_view id) {
    const auto [known, added] =
        process_numbers_.emplace(std::string(id), static_cast<std::uint32_t>(processes_.size()));
    if (added) processes_.push_back(fmt::format("process {}", id));
    return known->second;
}

std::uint32_t Lanes::find(const ChromeRecord& record, bool async) {
    key_.assign(record.process);
    key_ += async ? '\1' : '\0';
    if (async) {
        key_ += record.category;
        key_ += '\0';
        key_ += record.scope;
        key_ += '\0';
        key_ += record.id;
    } else {
        key_ += record.thread;
    }
    if (key_ == last_key_ && last_ != limit) return last_;
    const auto known = lane_numbers_.find(key_);
    if (known == lane_numbers_.end() && lanes_.size() >= limit) return limit;
    last_ = known == lane_numbers_.end() ? make(record, async) : known->second;
    last_key_ = key_;
    return last_;
}

std::uint32_t Lanes::make(const ChromeRecord& record, bool async) {
    const auto number = static_cast<std::uint32_t>(lanes_.size());
    lane_numbers_.emplace(key_, number);
    const std::string called =
        async ? fmt::format("{} {}", record.name, record.id) : fmt::format("thread {}", record.thread);
    lanes_.push_back({process(record.process), log_.intern(called), async, false});
    return number;
}

bool Lanes::name(const ChromeRecord& record) {
    if (record.given_name.empty()) return false;
    if (record.name == "process_name") {
        processes_[process(record.process)] = record.given_name;
        return true;
    }
    if (record.name != "thread_name") return false;
    const std::uint32_t lane = thread(record);
    if (lane == limit) return false;
    lanes_[lane].name = log_.intern(record.given_name);
    lanes_[lane].named = true;
    return true;
}

StringId Lanes::label(const Lane& lane) {
    if (processes_.size() < 2) return lane.name;
    return log_.intern(fmt::format("{}: {}", shortened(processes_[lane.process]), log_.strings()[lane.name]));
}

}  // namespace loopscope::exchange
