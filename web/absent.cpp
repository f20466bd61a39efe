// SPDX-License-Identifier: MIT
// Functions of the system that a browser does not have, and emscripten's library neither. They fail as they
// would on a system that has them not, with ENOSYS; their callers say so in a sentence, or go on without.

#include <cerrno>

#include <spawn.h>
#include <sys/types.h>

extern "C" {
int fallocate(int, int, off_t, off_t) {
    errno = ENOSYS;
    return -1;
}

int personality(unsigned long) {
    errno = ENOSYS;
    return -1;
}

int posix_spawnp(pid_t*, const char*, const posix_spawn_file_actions_t*, const posix_spawnattr_t*,
                 char* const*, char* const*) {
    return ENOSYS;
}
}
