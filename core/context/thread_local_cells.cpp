#include "core/context/thread_local_cells.hpp"

#include <atomic>
#include <unordered_map>

namespace loopscope::context {
namespace {

/// What this thread keeps for every object.
thread_local std::unordered_map<std::uint64_t, Bindings> contents;

/// What it keeps for the one that it used last, which is nearly always the one that it uses next. Apart,
/// because what needs no constructor is there without a question whether it has been called.
struct LastUsed {
    std::uint64_t key;  // 0: none
    Bindings* bindings;
};
constinit thread_local LastUsed last_used{};

[[gnu::noinline]] Bindings& look_up(std::uint64_t key) {
    last_used = {key, &contents[key]};
    return *last_used.bindings;
}

Bindings& contents_of(std::uint64_t key) {
    return last_used.key == key ? *last_used.bindings : look_up(key);
}

std::uint64_t next_key() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

}  // namespace

ThreadLocalCells::ThreadLocalCells() : key_(next_key()) {}

ThreadLocalCells::~ThreadLocalCells() {
    contents.erase(key_);
    last_used = {};
}

Cell ThreadLocalCells::get(VariableId variable) const {
    return contents_of(key_).get(variable);
}
void ThreadLocalCells::set(VariableId variable, Cell cell) {
    contents_of(key_).set(variable, cell);
}

}  // namespace loopscope::context
