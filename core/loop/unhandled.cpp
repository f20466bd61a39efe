// SPDX-License-Identifier: MIT
#include "core/loop/unhandled.hpp"

#include <algorithm>
#include <utility>

namespace loopscope::loop {

std::vector<const FutureCore*> Unretrieved::in_order() const {
    std::vector<std::pair<std::uint64_t, const FutureCore*>> failed;
    failed.reserve(order_.size());
    for (const auto& [future, number] : order_) failed.emplace_back(number, future);
    std::ranges::sort(failed);
    std::vector<const FutureCore*> futures;
    futures.reserve(failed.size());
    for (const auto& [number, future] : failed) futures.push_back(future);
    return futures;
}

}  // namespace loopscope::loop
