// SPDX-License-Identifier: MIT
#pragma once

#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace loopscope {

/// Returns a descriptor of a process, which stays its own when its id is used again (Linux, pidfd_open(2));
/// -1: there is no such process, or the system has no such descriptors.
inline int open_process([[maybe_unused]] pid_t process) {
#ifdef SYS_pidfd_open
    return static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
#else
    return -1;
#endif
}

/// Sends a signal to the process of a descriptor that open_process() returned; does nothing if it has ended.
inline void signal_process([[maybe_unused]] int descriptor, [[maybe_unused]] int signal) {
#ifdef SYS_pidfd_send_signal
    ::syscall(SYS_pidfd_send_signal, descriptor, signal, nullptr, 0);
#endif
}

}  // namespace loopscope
