// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string_view>

#include "core/trace/storage.hpp"

namespace loopscope::scenario {

/// A set of storages.
class StorageSet {
  public:
    constexpr StorageSet(std::initializer_list<trace::Storage> storages) {
        for (const trace::Storage storage : storages) bits_ |= bit(storage);
    }

    [[nodiscard]] constexpr bool contains(trace::Storage storage) const {
        return (bits_ & bit(storage)) != 0;
    }
    friend constexpr bool operator==(const StorageSet&, const StorageSet&) = default;

  private:
    static constexpr unsigned bit(trace::Storage storage) { return 1U << static_cast<unsigned>(storage); }

    unsigned bits_ = 0;
};

inline constexpr StorageSet every_storage = {
    trace::Storage::argument,       trace::Storage::global,       trace::Storage::thread_local_,
    trace::Storage::context_shared, trace::Storage::context_copy, trace::Storage::context_chainmap,
    trace::Storage::contextvar,
};

/// A program's output under some storages, with its default parameters, and the reason for it.
struct Outcome {
    StorageSet storages;
    std::string_view output;
    std::string_view why;  ///< one sentence
};

}  // namespace loopscope::scenario
