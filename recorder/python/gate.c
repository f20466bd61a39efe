// SPDX-License-Identifier: MIT
/* The gate: where a program stands that is stepped, before each handle. */
#define _GNU_SOURCE
#include "asyncio.h"

#include "../spool_gate.h"

enum { WAITS_A_LOOK = 5 };

static uint32_t standing; /* threads that stand here */
static uint32_t stepping; /* threads that run a handle which was let through, and do not stand before another one inside of it */
static volatile int is_open_for_good;

/* Called by a handler of a signal. */
void open_gate_for_good(void) {
    Spool_head *const head = spool.head;
    if (!head || !__atomic_load_n(&head->gate, __ATOMIC_RELAXED)) return;
    const int error = errno;
    is_open_for_good = 1;
    spool_open_gate(head);
    errno = error;
}

void watch_signals(void) { spool_watch_signals(open_gate_for_good); }

/* The program is paused while threads stand and none runs a handle. */
static void say_whether_paused(void) {
    const bool is_paused = standing && !stepping;
    if (is_paused) stop_clock();
    else resume_clock();
    if (spool.head) spool_say_paused(spool.head, is_paused);
}

/* Waits a moment, without the GIL, and lets handlers of signals run. What they raise is kept: a handle must not be lost. */
static void wait_for_permit(Interrupt *interrupt) {
    Py_BEGIN_ALLOW_THREADS;
    spool_wait_for_permit(spool.head);
    Py_END_ALLOW_THREADS;
    if (!PyErr_CheckSignals()) return;
    PyErr_Fetch(&interrupt->type, &interrupt->exception, &interrupt->traceback);
    open_gate_for_good();
}

static void stand(Interrupt *interrupt) {
    if (here.handles) stepping--;
    standing++;
    say_whether_paused();
    for (int waits = 1; spool_gate_is_closed(&spool) && !spool_take_permit(spool.head); waits++) {
        wait_for_permit(interrupt);
        if (waits % WAITS_A_LOOK == 0 && recording && spool_is_unread(&spool)) open_gate_for_good();
    }
    standing--;
    if (here.handles) stepping++;
}

bool pass_gate(Interrupt *interrupt) {
    if (is_open_for_good) return spool_open_gate(spool.head), false;
    watch_signals();
    if (!spool_take_permit(spool.head)) stand(interrupt);
    if (!here.handles++) stepping++;
    say_whether_paused();
    return true;
}

void leave_handle(bool is_left_by_exception) {
    if (!here.handles) return; /* a forked child */
    if (!--here.handles) stepping--;
    /* SystemExit and KeyboardInterrupt: the loop will close, and what it does for that is let through. */
    if (is_left_by_exception && spool_gate_is_closed(&spool)) spool_open_gate(spool.head);
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
