// SPDX-License-Identifier: MIT
/* Appending records to the spool: one file a process, mapped a window at a time.

   Room is allocated before it is mapped and well ahead of what is written, so that a full disk is an error code here and no SIGBUS in the
   program, and so that there is always room left to say that the recording has ended. */
#define _GNU_SOURCE
#include "recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { WINDOW = 1 << 20, WINDOW_RECORDS = WINDOW / sizeof(Spool_record), RESERVE = 64, LAST_RECORDS = 4096 };

Spool_head *spool_head;
bool recording;
uint64_t last_time;

static int file = -1;
static Spool_record *window, *next, *end; /* what is mapped, where the next record goes, and where the next window begins */
static uint64_t window_at;                /* record that the window begins with */
static uint64_t allocated;                /* records that the file has room for */
static uint64_t limit;                    /* records that there may be */
static uint64_t clock_at;                 /* ns on the recording's clock, of the last `clock` record */
static uint64_t began;                    /* the standing clock at time 0 */
static uint32_t writer;                   /* thread that wrote last */
static bool fork_is_watched;
static char folder[PATH_MAX]; /* that the spool is in */
static bool is_followed;      /* a reader held the folder's lock when the recording began */
static bool child_goes_on;    /* a forked child writes on in this spool; its parent waits for its end */
static pid_t starter;         /* the parent process at that time */

uint64_t recording_time(void) { return virtual_ns >= 0 ? (uint64_t)virtual_ns : standing_clock() - began; }

uint64_t on_recording_clock(double seconds) {
    const double at = seconds * 1e9 - (virtual_ns >= 0 ? 0.0 : (double)began);
    if (!(at > 0)) return 0;
    return at < 9e18 ? (uint64_t)(at + 0.5) : (uint64_t)9e18;
}

static uint64_t position(void) { return window_at + (uint64_t)(next - window); }

static void publish(void) { __atomic_store_n(&spool_head->published, position(), __ATOMIC_RELEASE); }

/* Returns whether a reader follows: it locks the spool's folder, so the kernel says when it has died. */
static bool has_reader(void) {
    const int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return false;
    const bool is_free = flock(opened, LOCK_SH | LOCK_NB) == 0;
    close(opened);
    return !is_free;
}

bool is_unread(void) { return is_followed ? !has_reader() : getppid() != starter; }

/* Allocates the file up to `records`. Returns false with errno. */
static bool allocate(uint64_t records) {
    if (records <= allocated) return true;
    int error;
    do {
        error = posix_fallocate(file, (off_t)(SPOOL_HEAD_BYTES + allocated * sizeof(Spool_record)),
                                (off_t)((records - allocated) * sizeof(Spool_record)));
    } while (error == EINTR);
    if (error) {
        errno = error;
        return false;
    }
    allocated = records;
    return true;
}

/* Maps the window that `at` is in, at a record of the file that is allocated. Returns false with errno. */
static bool map_window(uint64_t at) {
    if (window) munmap(window, WINDOW);
    window_at = at - at % WINDOW_RECORDS;
    void *const mapped = mmap(NULL, WINDOW, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file,
                              (off_t)(SPOOL_HEAD_BYTES + window_at * sizeof(Spool_record)));
    window = mapped == MAP_FAILED ? NULL : mapped;
    next = window ? window + (at - window_at) : NULL;
    end = window ? window + WINDOW_RECORDS : NULL;
    return window != NULL;
}

/* Ends the recording without a word: nothing can be written any more. */
static void fall_silent(void) {
    recording = false;
    if (window) munmap(window, WINDOW);
    window = next = end = NULL;
}

static void put(uint32_t head, uint32_t subject, uint32_t a, uint32_t b) {
    if (next == end && !map_window(position())) return fall_silent();
    *next++ = (Spool_record){head, subject, a, b};
}

static void put_text(uint32_t number, const char *text, Py_ssize_t size) {
    put(SPOOL_STRING, number, (uint32_t)size, 0);
    for (Py_ssize_t at = 0; at < size && recording; at += (Py_ssize_t)sizeof(Spool_record)) {
        uint32_t word[4] = {0};
        const size_t rest = (size_t)(size - at);
        memcpy(word, text + at, rest < sizeof word ? rest : sizeof word);
        put(word[0], word[1], word[2], word[3]);
    }
}

/* Returns a record's upper bits for the time `now`, having written a `clock` where the last one is too long ago. */
static uint32_t stamp_at(uint64_t now) {
    if (now < last_time) now = last_time; /* virtual clocks of several loops */
    last_time = now;
    if (now - clock_at >= 1u << 24) {
        clock_at = now;
        put(SPOOL_CLOCK, 0, (uint32_t)now, (uint32_t)(now >> 32));
    }
    return (uint32_t)(now - clock_at) << 8;
}

/* Makes sure that `records` can be appended. Where there is no room it ends the recording, for which there is, and returns false. */
static bool make_room(uint64_t records) {
    const uint64_t needed = position() + records + RESERVE;
    if (needed <= allocated) return true;
    if (is_followed && !has_reader()) return fall_silent(), false; /* a spool that nobody reads would only grow */
    if (limit && needed > limit) {
        char why[80];
        snprintf(why, sizeof why, "the limit of %.1f MB is reached", (double)limit * sizeof(Spool_record) / 1e6);
        stop_recording(why);
        return false;
    }
    if (allocate((needed / WINDOW_RECORDS + 2) * WINDOW_RECORDS) || allocate(needed + LAST_RECORDS)) return true;
    char why[120];
    snprintf(why, sizeof why, errno == ENOSPC ? "the disk is full" : "the recording cannot grow: %s", strerror(errno));
    stop_recording(why);
    return false;
}

void stop_recording(const char *why) {
    if (!recording) return;
    const uint32_t number = forget_texts();
    put_text(number, why, (Py_ssize_t)strnlen(why, 400));
    put(SPOOL_STOPPED | stamp_at(last_time), 0, number, 0);
    if (recording) publish();
    fall_silent();
}

/* Writes that another thread than before writes from here on. */
static void say_thread(uint32_t stamp) {
    writer = here.number;
    put(SPOOL_THREAD | stamp, here.number, here.name, 0);
}

static void append(unsigned kind, uint64_t time, uint32_t subject, uint32_t a, uint32_t b) {
    if (position() + 4 + RESERVE > allocated && !make_room(4)) return;
    const uint32_t stamp = stamp_at(time);
    if (writer != here.number) say_thread(stamp);
    put(kind | stamp, subject, a, b);
    if (recording) publish();
}

void record(unsigned kind, uint32_t subject, uint32_t a, uint32_t b) {
    if (!recording) return;
    if (!here.number) number_thread();
    append(kind, recording_time(), subject, a, b);
}

void record_also(unsigned kind, uint32_t subject, uint32_t a, uint32_t b) {
    if (recording && here.number) append(kind, last_time, subject, a, b);
}

/* Returns the time of the record before, if the kernel's coarse clock, which costs a fifth of the exact one, has not ticked since. */
static uint64_t time_within(void) {
    if (virtual_ns >= 0) return (uint64_t)virtual_ns;
    const int64_t coarse = (int64_t)(standing_clock_coarse() - began);
    return coarse <= (int64_t)last_time ? last_time : recording_time();
}

void record_within(unsigned kind, uint32_t subject, uint32_t a, uint32_t b) {
    if (!recording) return;
    if (!here.number) number_thread();
    append(kind, time_within(), subject, a, b);
}

void record_text(uint32_t number, const char *text, Py_ssize_t size) {
    if (!recording || !make_room((uint64_t)size / sizeof(Spool_record) + 2)) return;
    put_text(number, text, size);
    if (recording) publish();
}

void share_spool_with_child(bool shares) { child_goes_on = shares; }

void leave_spool_to_parent(void) {
    if (!spool_head || child_goes_on) return;
    fall_silent();
    forget_gate();
    munmap(spool_head, SPOOL_HEAD_BYTES);
    spool_head = NULL;
    close(file);
    file = -1;
}

/* Forgets all numbers: nothing was said in the spool yet. */
static void forget_numbers(void) {
    clock_at = last_time = 0;
    writer = 0;
    here.number = 0;
    forget_texts();
    forget_threads();
    forget_objects();
    forget_codes();
    forget_tasks();
    forget_loops();
    forget_queues();
    forget_connections();
    forget_loop_classes();
}

/* Begins from nothing: a process that opens a second spool, as a forked child does, has said nothing in it yet. */
static void forget(void) {
    window = next = end = NULL;
    window_at = allocated = 0;
    forget_numbers();
}

void forget_run(void) {
    recording = false;
    forget_numbers();
    forget_running();
    drop_variables();
}

bool restart_spool(void) {
    if (!spool_head) return errno = EBADF, false;
    forget_run();
    __atomic_store_n(&spool_head->published, 0, __ATOMIC_RELEASE);
    if ((!window || window_at) && !map_window(0)) return false;
    next = window;
    began = standing_clock();
    spool_head->process = (uint32_t)getpid();
    spool_head->began = nanoseconds(CLOCK_REALTIME);
    recording = true;
    return true;
}

bool open_spool(const char *path, const char *about, uint32_t flags, uint64_t limit_bytes) {
    if (!fork_is_watched && pthread_atfork(NULL, NULL, leave_spool_to_parent)) return false;
    fork_is_watched = true;
    file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return false;
    forget();
    limit = limit_bytes / sizeof(Spool_record);
    if (ftruncate(file, SPOOL_HEAD_BYTES) || !allocate(2 * WINDOW_RECORDS)) return false;
    void *const mapped = mmap(NULL, SPOOL_HEAD_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped == MAP_FAILED || !map_window(0)) return false;
    began = standing_clock();
    starter = getppid();
    spool_head = mapped;
    spool_head->process = (uint32_t)getpid();
    spool_head->began = nanoseconds(CLOCK_REALTIME);
    spool_head->flags = flags;
    spool_head->gate = (flags & SPOOL_PAUSED) != 0;
    strncpy(spool_head->about, about, sizeof spool_head->about - 1);
    snprintf(folder, sizeof folder, "%s", path);
    char *const slash = strrchr(folder, '/');
    if (slash) slash[slash == folder] = '\0';
    else strcpy(folder, ".");
    is_followed = has_reader();
    __atomic_thread_fence(__ATOMIC_RELEASE); /* who sees the magic sees the head */
    memcpy(spool_head->magic, SPOOL_MAGIC, sizeof spool_head->magic);
    recording = true;
    if (flags & SPOOL_LIVE) watch_signals();
    return true;
}
