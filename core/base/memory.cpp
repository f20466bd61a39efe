// SPDX-License-Identifier: MIT
#include "core/base/memory.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>

#ifdef __linux__
#include <unistd.h>
#endif

namespace loopscope {

#ifdef __linux__

std::optional<std::size_t> memory_in_use() {
    // The size, what is resident, and of that what is of files or shared, in pages: proc(5).
    std::ifstream statistics("/proc/self/statm");
    std::size_t size = 0;
    std::size_t resident = 0;
    std::size_t of_files = 0;
    if (!(statistics >> size >> resident >> of_files)) return std::nullopt;
    return (resident - std::min(of_files, resident)) * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::optional<std::size_t> memory_of_machine() {
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    if (pages <= 0) return std::nullopt;
    const std::uint64_t machine =
        static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    std::ifstream limit("/sys/fs/cgroup/memory.max");
    std::uint64_t of_group = machine;
    if (!(limit >> of_group)) of_group = machine;  // no such group, or "max"
    return static_cast<std::size_t>(std::min(machine, of_group));
}

#else

std::optional<std::size_t> memory_in_use() {
    return std::nullopt;
}

std::optional<std::size_t> memory_of_machine() {
    return std::nullopt;
}

#endif

}  // namespace loopscope
