/* The gate: where a program stands that is stepped, before each handle. */
#define _GNU_SOURCE
#include "asyncio.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static pid_t viewer; /* the process that started this one; another parent means that it has died */

static void wake(uint32_t *word) { syscall(SYS_futex, word, FUTEX_WAKE, 1 << 30, NULL, NULL, 0); }

/* Lets the program run freely from here on. */
static void open_gate(void) { __atomic_store_n(&spool_head->gate, 0, __ATOMIC_RELAXED); }

static bool take_permit(void) {
    uint32_t permits = __atomic_load_n(&spool_head->permits, __ATOMIC_ACQUIRE);
    while (permits)
        if (__atomic_compare_exchange_n(&spool_head->permits, &permits, permits - 1, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return true;
    return false;
}

/* Waits for a second at most, without the GIL. Returns what interrupted it, an errno. */
static int wait_for_permit(void) {
    const struct timespec second = {1, 0};
    int error = 0;
    Py_BEGIN_ALLOW_THREADS;
    if (syscall(SYS_futex, &spool_head->permits, FUTEX_WAIT, 0, &second, NULL, 0)) error = errno;
    Py_END_ALLOW_THREADS;
    return error;
}

static void say_paused(uint32_t paused) {
    __atomic_store_n(&spool_head->paused, paused, __ATOMIC_RELEASE);
    wake(&spool_head->paused);
}

void pass_gate(Interrupt *interrupt) {
    if (!viewer) viewer = getppid();
    while (spool_head && __atomic_load_n(&spool_head->gate, __ATOMIC_RELAXED) && !take_permit()) {
        say_paused(1);
        const int error = wait_for_permit();
        if (!spool_head) return; /* another thread has ended the recording */
        /* A signal may be what shall end the program, also where its handler raises nothing: Runner's first SIGINT only cancels a task. */
        if (error == EINTR) {
            open_gate();
            if (PyErr_CheckSignals()) PyErr_Fetch(&interrupt->type, &interrupt->exception, &interrupt->traceback);
        }
        if (getppid() != viewer) open_gate();
        say_paused(0);
    }
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
