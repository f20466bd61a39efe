// SPDX-License-Identifier: MIT
#include "core/base/temporary_name.hpp"

#include <array>
#include <atomic>
#include <climits>
#include <cstring>
#include <utility>

#include <unistd.h>

namespace loopscope {
namespace {

struct Location {
    enum State : int { free, filling, set };

    std::atomic<int> state{free};
    std::array<char, PATH_MAX> name{};
};
static_assert(std::atomic<int>::is_always_lock_free, "signal handlers must not lock");

std::array<Location, 8> places;

/// Stores a path where signal handlers find it, and returns its index; -1 if there is no room or the path is
/// too long.
int take_place(const std::filesystem::path& path) {
    if (path.native().size() >= PATH_MAX) return -1;
    for (std::size_t at = 0; at < places.size(); ++at) {
        int expected = Location::free;
        if (!places[at].state.compare_exchange_strong(expected, Location::filling)) continue;
        std::memcpy(places[at].name.data(), path.c_str(), path.native().size() + 1);
        places[at].state = Location::set;
        return static_cast<int>(at);
    }
    return -1;
}

}  // namespace

TemporaryName::TemporaryName(std::filesystem::path path)
    : path_(std::move(path)), location_(take_place(path_)) {}

TemporaryName::TemporaryName(TemporaryName&& other) noexcept
    : path_(std::exchange(other.path_, {})), location_(std::exchange(other.location_, -1)) {}

TemporaryName::~TemporaryName() {
    if (!path_.empty()) ::unlink(path_.c_str());
    forget();
}

void TemporaryName::forget() {
    path_.clear();
    if (location_ >= 0)
        places.at(static_cast<std::size_t>(std::exchange(location_, -1))).state = Location::free;
}

void TemporaryName::remove_all() {
    for (const Location& location : places) {
        if (location.state == Location::set) ::unlink(location.name.data());
    }
}

}  // namespace loopscope
