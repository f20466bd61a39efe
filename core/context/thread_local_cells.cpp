#include "core/context/thread_local_cells.hpp"

#include <atomic>
#include <unordered_map>

namespace loopscope::context {
namespace {

/// What this thread keeps for every object, and the one it used last, which is nearly always the one it uses
/// next.
struct Table {
    std::unordered_map<std::uint64_t, Bindings> contents;
    std::uint64_t last_key = 0;
    Bindings* last = nullptr;
};
thread_local Table table;

Bindings& contents_of(std::uint64_t key) {
    if (table.last_key != key) {
        table.last = &table.contents[key];
        table.last_key = key;
    }
    return *table.last;
}

std::uint64_t next_key() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

}  // namespace

ThreadLocalCells::ThreadLocalCells() : key_(next_key()) {}

ThreadLocalCells::~ThreadLocalCells() {
    table.contents.erase(key_);
    table.last_key = 0;
}

Cell ThreadLocalCells::get(VariableId variable) const {
    return contents_of(key_).get(variable);
}
void ThreadLocalCells::set(VariableId variable, Cell cell) {
    contents_of(key_).set(variable, cell);
}

}  // namespace loopscope::context
