// SPDX-License-Identifier: MIT
/* The clock of the loops and of the records: CLOCK_MONOTONIC less the time for which the program stood at the gate, so that no timeout fires
   because somebody was looking. time.monotonic() and all else that programs ask stay as they are. */
#define _GNU_SOURCE
#include "asyncio.h"

#include <time.h>

static uint64_t stood;        /* ns, of all times that are over */
static uint64_t stands_since; /* CLOCK_MONOTONIC; 0: it runs */

uint64_t nanoseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t standing_clock(void) { return (stands_since ? stands_since : nanoseconds(CLOCK_MONOTONIC)) - stood; }

uint64_t standing_clock_coarse(void) { return (stands_since ? stands_since : nanoseconds(CLOCK_MONOTONIC_COARSE)) - stood; }

void stop_clock(void) {
    if (!stands_since && spool.head && spool.head->flags & SPOOL_LIVE) stands_since = nanoseconds(CLOCK_MONOTONIC);
}

void resume_clock(void) {
    if (stands_since) stood += nanoseconds(CLOCK_MONOTONIC) - stands_since;
    stands_since = 0;
}

/* BaseEventLoop.time, which returns time.monotonic() in all versions. */
static PyObject *loop_time(PyObject *loop, PyObject *nothing) {
    (void)loop, (void)nothing;
    return PyFloat_FromDouble((double)standing_clock() / 1e9);
}

static PyMethodDef method = {"time", loop_time, METH_NOARGS,
                             "time($self, /)\n--\n\nReturn the time according to the event loop's clock, which stands while the program is paused."};

bool install_clock(void) {
    if (!spool.head || !(spool.head->flags & SPOOL_LIVE)) return true;
    PyObject *const original = replace_method(asyncio.loop, "time", &method);
    Py_XDECREF(original);
    return original != NULL;
}
