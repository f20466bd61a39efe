// SPDX-License-Identifier: MIT
/* Writing a spool: one file a process, mapped a window at a time.

   Room is allocated before it is mapped and well ahead of what is written, so that a full disk is an error code here and no SIGBUS in the
   program, and so that there is always room left to say that the recording has ended.

   Plain C99 for Linux, which C++ takes as well; C that asks for a strict standard has to define _GNU_SOURCE. No function takes a lock: one
   thread at a time may use a Spool. Times are nanoseconds on the recording's clock. */
#ifndef LOOPSCOPE_RECORDER_SPOOL_WRITER_H
#define LOOPSCOPE_RECORDER_SPOOL_WRITER_H

#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#ifdef __cplusplus
#define SPOOL_FUNCTION inline
#else
#define SPOOL_FUNCTION static inline
#endif

enum { SPOOL_WINDOW = 1 << 20, SPOOL_WINDOW_RECORDS = 1 << 16, SPOOL_RESERVE = 64, SPOOL_LAST_RECORDS = 4096 };

/* A spool that is written. All of it is 0 before spool_open. */
typedef struct {
    Spool_head *head;                  /* the head page; NULL before the recording began and after spool_leave */
    bool writes;                       /* records are written: false before it began and after it was stopped */
    bool is_followed;                  /* a reader held the folder's lock when the recording began */
    int file;
    uint32_t thread;                   /* that wrote last */
    uint32_t texts;                    /* number of the last string */
    pid_t starter;                     /* the parent process as the recording began */
    Spool_record *window, *next, *end; /* what is mapped, where the next record goes, and where the next window begins */
    uint64_t window_at;                /* record that the window begins with */
    uint64_t allocated;                /* records that the file has room for */
    uint64_t limit;                    /* records that there may be; 0: no limit */
    uint64_t clock_at;                 /* time of the last `clock` record */
    uint64_t last_time;                /* time of the last record that had one */
    char folder[PATH_MAX];             /* that the spool is in */
} Spool;

/* Returns the number of records that were written. */
SPOOL_FUNCTION uint64_t spool_position(const Spool *spool) { return spool->window_at + (uint64_t)(spool->next - spool->window); }

SPOOL_FUNCTION void spool_publish(Spool *spool) { __atomic_store_n(&spool->head->published, spool_position(spool), __ATOMIC_RELEASE); }

/* Returns whether a reader follows: it locks the spool's folder, so the kernel says when it has died. */
SPOOL_FUNCTION bool spool_has_reader(const Spool *spool) {
    const int opened = open(spool->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return false;
    const bool is_free = flock(opened, LOCK_SH | LOCK_NB) == 0;
    close(opened);
    return !is_free;
}

/* Returns whether the reader has gone who followed the spool: it held a lock of the folder, which the kernel has taken from it; where none
   did, it was the process that started this one. */
SPOOL_FUNCTION bool spool_is_unread(const Spool *spool) { return spool->is_followed ? !spool_has_reader(spool) : getppid() != spool->starter; }

/* Allocates the file up to `records`. Returns false with errno. */
SPOOL_FUNCTION bool spool_allocate(Spool *spool, uint64_t records) {
    if (records <= spool->allocated) return true;
    const off_t from = (off_t)(SPOOL_HEAD_BYTES + spool->allocated * sizeof(Spool_record));
    int error;
    do {
        error = posix_fallocate(spool->file, from, (off_t)((records - spool->allocated) * sizeof(Spool_record)));
    } while (error == EINTR);
    if (error) {
        errno = error;
        return false;
    }
    spool->allocated = records;
    return true;
}

/* Maps the window that `at` is in, at a record of the file that is allocated. Returns false with errno. */
SPOOL_FUNCTION bool spool_map_window(Spool *spool, uint64_t at) {
    if (spool->window) munmap(spool->window, SPOOL_WINDOW);
    spool->window_at = at - at % SPOOL_WINDOW_RECORDS;
    void *const mapped = mmap(NULL, SPOOL_WINDOW, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, spool->file,
                              (off_t)(SPOOL_HEAD_BYTES + spool->window_at * sizeof(Spool_record)));
    spool->window = mapped == MAP_FAILED ? NULL : (Spool_record *)mapped;
    spool->next = spool->window ? spool->window + (at - spool->window_at) : NULL;
    spool->end = spool->window ? spool->window + SPOOL_WINDOW_RECORDS : NULL;
    return spool->window != NULL;
}

/* Ends the recording without a word: nothing can be written any more. */
SPOOL_FUNCTION void spool_fall_silent(Spool *spool) {
    spool->writes = false;
    if (spool->window) munmap(spool->window, SPOOL_WINDOW);
    spool->window = spool->next = spool->end = NULL;
}

SPOOL_FUNCTION void spool_put(Spool *spool, uint32_t head, uint32_t subject, uint32_t a, uint32_t b) {
    if (spool->next == spool->end && !spool_map_window(spool, spool_position(spool))) {
        spool_fall_silent(spool);
        return;
    }
    Spool_record *const record = spool->next++;
    record->head = head;
    record->subject = subject;
    record->a = a;
    record->b = b;
}

/* Returns a record's upper bits for a time, having written a `clock` where the last one is too long ago. */
SPOOL_FUNCTION uint32_t spool_stamp(Spool *spool, uint64_t time) {
    if (time < spool->last_time) time = spool->last_time; /* clocks of several loops, and threads that waited for their turn */
    spool->last_time = time;
    if (time - spool->clock_at >= 1u << 24) {
        spool->clock_at = time;
        spool_put(spool, SPOOL_CLOCK, 0, (uint32_t)time, (uint32_t)(time >> 32));
    }
    return (uint32_t)(time - spool->clock_at) << 8;
}

SPOOL_FUNCTION uint32_t spool_put_text(Spool *spool, const char *text, size_t size) {
    const uint32_t number = ++spool->texts;
    spool_put(spool, SPOOL_STRING, number, (uint32_t)size, 0);
    for (size_t at = 0; at < size && spool->writes; at += sizeof(Spool_record)) {
        uint32_t word[4] = {0, 0, 0, 0};
        memcpy(word, text + at, size - at < sizeof word ? size - at : sizeof word);
        spool_put(spool, word[0], word[1], word[2], word[3]);
    }
    return number;
}

/* Ends the recording with the sentence `why`; the program goes on, unrecorded. */
SPOOL_FUNCTION void spool_stop(Spool *spool, const char *why) {
    if (!spool->writes) return;
    const uint32_t number = spool_put_text(spool, why, strnlen(why, 400));
    spool_put(spool, SPOOL_STOPPED | spool_stamp(spool, spool->last_time), 0, number, 0);
    if (spool->writes) spool_publish(spool);
    spool_fall_silent(spool);
}

/* Makes sure that `records` can be appended. Where there is no room it ends the recording, for which there is, and returns false. */
SPOOL_FUNCTION bool spool_make_room(Spool *spool, uint64_t records) {
    const uint64_t needed = spool_position(spool) + records + SPOOL_RESERVE;
    if (needed <= spool->allocated) return true;
    if (spool->is_followed && !spool_has_reader(spool)) { /* a spool that nobody reads would only grow */
        spool_fall_silent(spool);
        return false;
    }
    char why[120];
    if (spool->limit && needed > spool->limit) {
        snprintf(why, sizeof why, "the limit of %.1f MB is reached", (double)spool->limit * sizeof(Spool_record) / 1e6);
    } else {
        const uint64_t ahead = (needed / SPOOL_WINDOW_RECORDS + 2) * SPOOL_WINDOW_RECORDS;
        if (spool_allocate(spool, ahead) || spool_allocate(spool, needed + SPOOL_LAST_RECORDS)) return true;
        snprintf(why, sizeof why, errno == ENOSPC ? "the disk is full" : "the recording cannot grow: %s", strerror(errno));
    }
    spool_stop(spool, why);
    return false;
}

/* Appends a record of a thread. Says the thread, with the number of its name's text, where another one wrote last. REQUIRES: the spool
   writes. */
SPOOL_FUNCTION void spool_write(Spool *spool, unsigned kind, uint64_t time, uint32_t thread, uint32_t thread_name, uint32_t subject, uint32_t a,
                                uint32_t b) {
    if (spool_position(spool) + 4 + SPOOL_RESERVE > spool->allocated && !spool_make_room(spool, 4)) return;
    const uint32_t stamp = spool_stamp(spool, time);
    if (spool->thread != thread) {
        spool->thread = thread;
        spool_put(spool, SPOOL_THREAD | stamp, thread, thread_name, 0);
    }
    spool_put(spool, kind | stamp, subject, a, b);
    if (spool->writes) spool_publish(spool);
}

/* Appends a text of UTF-8. Returns its number, by which later records name it; 0 where the recording is over, or ends for want of room. */
SPOOL_FUNCTION uint32_t spool_text(Spool *spool, const char *text, size_t size) {
    if (!spool->writes || !spool_make_room(spool, size / sizeof(Spool_record) + 2)) return 0;
    const uint32_t number = spool_put_text(spool, text, size);
    if (!spool->writes) return 0;
    spool_publish(spool);
    return number;
}

/* Says in the head page whose records follow. */
SPOOL_FUNCTION void spool_sign(Spool *spool) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    spool->head->process = (uint32_t)getpid();
    spool->head->began = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    spool->clock_at = spool->last_time = 0;
    spool->texts = spool->thread = 0;
}

/* Creates the file `path` and begins the recording. `about` is lines of UTF-8, `flags` the head page's, `limit_bytes` the bytes of records that
   there may be, or 0. Returns false with errno. */
SPOOL_FUNCTION bool spool_open(Spool *spool, const char *path, const char *about, uint32_t flags, uint64_t limit_bytes) {
    memset(spool, 0, sizeof *spool);
    spool->file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (spool->file < 0) return false;
    spool->limit = limit_bytes / sizeof(Spool_record);
    if (ftruncate(spool->file, SPOOL_HEAD_BYTES) || !spool_allocate(spool, 2 * SPOOL_WINDOW_RECORDS)) return false;
    void *const mapped = mmap(NULL, SPOOL_HEAD_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, spool->file, 0);
    if (mapped == MAP_FAILED || !spool_map_window(spool, 0)) return false;
    spool->head = (Spool_head *)mapped;
    spool->starter = getppid();
    spool_sign(spool);
    spool->head->flags = flags;
    spool->head->gate = (flags & SPOOL_PAUSED) != 0;
    strncpy(spool->head->about, about, sizeof spool->head->about - 1);
    snprintf(spool->folder, sizeof spool->folder, "%s", path);
    char *const slash = strrchr(spool->folder, '/');
    if (slash) slash[slash == spool->folder] = '\0';
    else strcpy(spool->folder, ".");
    spool->is_followed = spool_has_reader(spool);
    __atomic_thread_fence(__ATOMIC_RELEASE); /* who sees the magic sees the head */
    memcpy(spool->head->magic, SPOOL_MAGIC, sizeof spool->head->magic);
    spool->writes = true;
    return true;
}

/* Begins another recording at the first record of the spool that is open, all of which was read; nothing is mapped where the window is still the
   first. Returns false with errno. */
SPOOL_FUNCTION bool spool_restart(Spool *spool) {
    __atomic_store_n(&spool->head->published, (uint64_t)0, __ATOMIC_RELEASE);
    if ((!spool->window || spool->window_at) && !spool_map_window(spool, 0)) return false;
    spool->next = spool->window;
    spool_sign(spool);
    spool->writes = true;
    return true;
}

/* Lets go of the spool without a word: it is another process's, a forked child's parent's. */
SPOOL_FUNCTION void spool_leave(Spool *spool) {
    spool_fall_silent(spool);
    munmap(spool->head, SPOOL_HEAD_BYTES);
    spool->head = NULL;
    close(spool->file);
    spool->file = -1;
}

#endif
