// SPDX-License-Identifier: MIT
/* The gate: where a program stands that is stepped, before each handle. */
#define _GNU_SOURCE
#include "asyncio.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* A wake-up may be missed where a viewer opens the gate without a permit; and somebody has to see that the viewer has died. */
static const struct timespec longest_wait = {0, 100000000};
enum { WAITS_A_LOOK = 5 };

static uint32_t standing; /* threads that stand here */
static uint32_t stepping; /* threads that run a handle which was let through, and do not stand before another one inside of it */
static volatile int is_open_for_good;

static void wake(uint32_t *word) { syscall(SYS_futex, word, FUTEX_WAKE, 1 << 30, NULL, NULL, 0); }

static bool is_closed(void) { return recording && __atomic_load_n(&spool_head->gate, __ATOMIC_RELAXED); }

static void open_gate(void) {
    __atomic_store_n(&spool_head->gate, 0, __ATOMIC_RELAXED);
    wake(&spool_head->permits);
}

/* Called by a handler of a signal. */
void open_gate_for_good(void) {
    Spool_head *const head = spool_head;
    if (!head || !__atomic_load_n(&head->gate, __ATOMIC_RELAXED)) return;
    const int error = errno;
    is_open_for_good = 1;
    open_gate();
    errno = error;
}

static void say_paused(uint32_t paused) {
    if (!spool_head || __atomic_exchange_n(&spool_head->paused, paused, __ATOMIC_ACQ_REL) == paused) return;
    wake(&spool_head->paused);
}

/* The program is paused while threads stand and none runs a handle. */
static void say_whether_paused(void) {
    const bool is_paused = standing && !stepping;
    if (is_paused) stop_clock();
    else resume_clock();
    say_paused(is_paused);
}

/* Takes a permit. A reader that sees it taken must not see the pause that it ends: `paused` is cleared first. */
static bool take_permit(void) {
    uint32_t permits = __atomic_load_n(&spool_head->permits, __ATOMIC_ACQUIRE);
    if (permits) say_paused(0);
    while (permits)
        if (__atomic_compare_exchange_n(&spool_head->permits, &permits, permits - 1, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return true;
    return false;
}

/* Waits a moment, without the GIL, and lets handlers of signals run. What they raise is kept: a handle must not be lost. */
static void wait_for_permit(Interrupt *interrupt) {
    Py_BEGIN_ALLOW_THREADS;
    syscall(SYS_futex, &spool_head->permits, FUTEX_WAIT, 0, &longest_wait, NULL, 0);
    Py_END_ALLOW_THREADS;
    if (!PyErr_CheckSignals()) return;
    PyErr_Fetch(&interrupt->type, &interrupt->exception, &interrupt->traceback);
    open_gate_for_good();
}

static void stand(Interrupt *interrupt) {
    if (here.handles) stepping--;
    standing++;
    say_whether_paused();
    for (int waits = 1; is_closed() && !take_permit(); waits++) {
        wait_for_permit(interrupt);
        if (waits % WAITS_A_LOOK == 0 && recording && is_unread()) open_gate_for_good();
    }
    standing--;
    if (here.handles) stepping++;
}

bool pass_gate(Interrupt *interrupt) {
    if (is_open_for_good) return open_gate(), false;
    watch_signals();
    if (!take_permit()) stand(interrupt);
    if (!here.handles++) stepping++;
    say_whether_paused();
    return true;
}

void leave_handle(bool is_left_by_exception) {
    if (!here.handles) return; /* a forked child */
    if (!--here.handles) stepping--;
    /* SystemExit and KeyboardInterrupt: the loop will close, and what it does for that is let through. */
    if (is_left_by_exception && is_closed()) open_gate();
    say_whether_paused();
}

void forget_gate(void) {
    standing = stepping = 0;
    is_open_for_good = 0;
    here.handles = 0;
    resume_clock();
}

PyObject *after_interrupt(Interrupt *interrupt, PyObject *result) {
    if (!interrupt->type) return result;
    if (result) {
        Py_DECREF(result);
        PyErr_Restore(interrupt->type, interrupt->exception, interrupt->traceback);
    } else {
        Py_XDECREF(interrupt->type), Py_XDECREF(interrupt->exception), Py_XDECREF(interrupt->traceback);
    }
    return NULL;
}
