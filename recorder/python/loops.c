// SPDX-License-Identifier: MIT
/* Event loops: made and closed, their iterations, stop(). */
#include "asyncio.h"

#include <stdlib.h>

typedef struct {
    PyObject *loop; /* only compared */
    uint32_t number;
} Loop;

static Loop *loops; /* those that are not closed */
static uint32_t capacity, count;
static uint32_t last_number;
static PyObject *said; /* the loop that the spool is in; only compared */
static PyObject *original_init, *original_close, *original_stop, *original_process_events;

void forget_loops(void) {
    count = last_number = 0;
    said = NULL;
}

static Loop *find_loop(PyObject *loop) {
    for (uint32_t at = count; at-- > 0;)
        if (loops[at].loop == loop) return &loops[at];
    return NULL;
}

static uint32_t make_loop(PyObject *loop) {
    if (!recording) return 0;
    Loop *entry = find_loop(loop);
    if (!entry && count == capacity) {
        Loop *const grown = realloc(loops, (capacity * 2 + 8) * sizeof *loops);
        if (!grown) return 0;
        loops = grown;
        capacity = capacity * 2 + 8;
    }
    if (!entry) entry = &loops[count++];
    *entry = (Loop){loop, ++last_number};
    said = loop;
    const uint32_t number = entry->number, name = number_of_type_name(Py_TYPE(loop));
    record(SPOOL_LOOP, number, name, 0);
    return number;
}

uint32_t number_of_loop(PyObject *loop) {
    const Loop *const known = find_loop(loop);
    return known ? known->number : make_loop(loop);
}

void say_loop(PyObject *loop) {
    if (loop == said || !recording) return;
    const uint32_t number = number_of_loop(loop);
    if (loop == said) return;
    said = loop;
    record(SPOOL_LOOP, number, 0, 2);
}

void record_due(PyObject *handle) { record(SPOOL_DUE, 0, low_half(handle), high_half(handle) | SPOOL_HANDLE_TIMER); }

static bool is_timer_at(PyObject *ready, Py_ssize_t at, bool write) {
    PyObject *const handle = PySequence_GetItem(ready, at);
    if (!handle) return PyErr_Clear(), false;
    const bool is_timer = Py_TYPE(handle) == asyncio.timer_handle;
    if (is_timer && write) record_due(handle);
    Py_DECREF(handle);
    return is_timer;
}

bool follows_schedule;

PyObject *module_follow_schedule(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    follows_schedule = true;
    Py_RETURN_NONE;
}

/* BaseEventLoop._run_once appends the handles of the timers that have come due last, in their order, and then pops the first of all. */
static void find_due(PyObject *ready, Py_ssize_t size, PyObject *first_handle) {
    Py_ssize_t first_timer = size;
    while (first_timer > 0 && is_timer_at(ready, first_timer - 1, false)) first_timer--;
    if (first_timer == 0 && Py_TYPE(first_handle) == asyncio.timer_handle) record_due(first_handle);
    for (Py_ssize_t at = first_timer; at < size; at++) is_timer_at(ready, at, true);
}

void begin_iteration(PyObject *loop, PyObject *first_handle) {
    here.fresh_loop = NULL;
    PyObject *const ready = PyObject_GetAttr(loop, name_ready);
    Py_ssize_t size = ready ? PySequence_Size(ready) : 0;
    if (size < 0) size = 0;
    PyErr_Clear();
    const uint32_t number = number_of_loop(loop);
    if (!follows_schedule) find_due(ready, size, first_handle);
    said = loop;
    record(SPOOL_ITERATION, number, (uint32_t)size + 1, 0);
    Py_XDECREF(ready);
}

static PyObject *loop_init(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const result = call_with_self(original_init, loop, arguments, size, names);
    if (result) make_loop(loop);
    return result;
}

static PyObject *loop_close(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const result = call_with_self(original_close, loop, arguments, size, names);
    Loop *const known = result && recording ? find_loop(loop) : NULL;
    if (!known) return result;
    const uint32_t number = known->number;
    *known = loops[--count];
    if (said == loop) said = NULL;
    if (here.fresh_loop == loop) here.fresh_loop = NULL;
    record(SPOOL_LOOP, number, number_of_type_name(Py_TYPE(loop)), 1);
    return result;
}

static PyObject *loop_stop(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    const Loop *const known = recording ? find_loop(loop) : NULL;
    if (known) record(SPOOL_STOP, known->number, 0, 0);
    return call_with_self(original_stop, loop, arguments, size, names);
}

static PyObject *process_events(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    here.fresh_loop = loop;
    if (asyncio.replaced && size == 1 && !names && PyList_CheckExact(arguments[0]) && PyList_Size(arguments[0]) == 0) {
        Py_INCREF(Py_None);
        return Py_None;
    }
    return call_with_self(original_process_events, loop, arguments, size, names);
}

static PyMethodDef methods[] = {FAST_METHOD("__init__", loop_init), FAST_METHOD("close", loop_close), FAST_METHOD("stop", loop_stop),
                                FAST_METHOD("_process_events", process_events)};

bool install_loops(void) {
    PyObject *const selector = look_up("asyncio.selector_events", "BaseSelectorEventLoop");
    return selector && (original_init = replace_method(asyncio.loop, "__init__", &methods[0])) &&
           (original_close = replace_method(asyncio.loop, "close", &methods[1])) &&
           (original_stop = replace_method(asyncio.loop, "stop", &methods[2])) &&
           (original_process_events = replace_method((PyTypeObject *)selector, "_process_events", &methods[3]));
}
