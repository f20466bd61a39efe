// SPDX-License-Identifier: MIT
#include "core/context/thread_local_cells.hpp"

#include <atomic>
#include <unordered_map>

namespace loopscope::context {
namespace {

using Table = std::unordered_map<std::uint64_t, Bindings>;

/// Returns the calling thread's contents of every object, by the object's key.
#if LOOPSCOPE_THREADS
Table& table() {
    thread_local Table own;
    return own;
}
constexpr unsigned thread_at_turn = 0;
#else
Table& table() {
    static std::unordered_map<unsigned, Table> all;
    return all[thread_at_turn];
}
#endif

std::uint64_t next_key() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

}  // namespace

ThreadLocalCells::ThreadLocalCells() : key_(next_key()) {}

ThreadLocalCells::~ThreadLocalCells() {
    table().erase(key_);
    last_used_ = {};
}

Bindings& ThreadLocalCells::look_up() const {
    last_used_ = {key_, &table()[key_], thread_at_turn};
    return *last_used_.contents;
}

}  // namespace loopscope::context
