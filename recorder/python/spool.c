// SPDX-License-Identifier: MIT
/* The spool of this process, written by ../spool_writer.h: records with the time and the thread. */
#define _GNU_SOURCE
#include "recorder.h"

#include <pthread.h>

Spool spool;

static uint64_t began; /* the standing clock at time 0 */
static bool fork_is_watched;
static bool child_goes_on; /* a forked child writes on in this spool; its parent waits for its end */

uint64_t recording_time(void) { return virtual_ns >= 0 ? (uint64_t)virtual_ns : standing_clock() - began; }

uint64_t on_recording_clock(double seconds) {
    const double at = seconds * 1e9 - (virtual_ns >= 0 ? 0.0 : (double)began);
    if (!(at > 0)) return 0;
    return at < 9e18 ? (uint64_t)(at + 0.5) : (uint64_t)9e18;
}

void record(unsigned kind, uint32_t subject, uint32_t a, uint32_t b) {
    if (!recording) return;
    if (!here.number) number_thread();
    spool_write(&spool, kind, recording_time(), here.number, here.name, subject, a, b);
}

void record_also(unsigned kind, uint32_t subject, uint32_t a, uint32_t b) {
    if (recording && here.number) spool_write(&spool, kind, spool.last_time, here.number, here.name, subject, a, b);
}

/* Returns the time of the record before, if the kernel's coarse clock, which costs a fifth of the exact one, has not ticked since. */
static uint64_t time_within(void) {
    if (virtual_ns >= 0) return (uint64_t)virtual_ns;
    const int64_t coarse = (int64_t)(standing_clock_coarse() - began);
    return coarse <= (int64_t)spool.last_time ? spool.last_time : recording_time();
}

void record_within(unsigned kind, uint32_t subject, uint32_t a, uint32_t b) {
    if (!recording) return;
    if (!here.number) number_thread();
    spool_write(&spool, kind, time_within(), here.number, here.name, subject, a, b);
}

void share_spool_with_child(bool shares) { child_goes_on = shares; }

void leave_spool_to_parent(void) {
    if (!spool.head || child_goes_on) return;
    forget_gate();
    spool_leave(&spool);
}

/* Forgets all numbers: nothing was said in the spool yet. */
static void forget_numbers(void) {
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

void forget_run(void) {
    recording = false;
    forget_numbers();
    forget_running();
    drop_variables();
}

bool restart_spool(void) {
    if (!spool.head) return errno = EBADF, false;
    forget_run();
    began = standing_clock();
    return spool_restart(&spool);
}

bool open_spool(const char *path, const char *about, uint32_t flags, uint64_t limit_bytes) {
    if (!fork_is_watched && pthread_atfork(NULL, NULL, leave_spool_to_parent)) return false;
    fork_is_watched = true;
    forget_numbers();
    began = standing_clock();
    if (!spool_open(&spool, path, about, flags, limit_bytes)) return false;
    if (flags & SPOOL_LIVE) watch_signals();
    return true;
}
