// SPDX-License-Identifier: MIT
/* Timers: how they are made and ordered, and, under a schedule, which are due. Follows Lib/asyncio/base_events.py and events.py of CPython 3.8 to 3.13. */
#include "asyncio.h"
#include "kinds.h"

#include <math.h>
#include <string.h>

enum { TIE = 0 }; /* Freedom of core/loop/chooser.hpp */
static const int64_t NEVER = 9000000000000000000; /* ns, of virtual_clock.py */

static PyObject *original_call_at, *original_call_later, *original_less;
static PyObject *push, *pop; /* of heapq */
static bool makes_timers;    /* asyncio's own methods were replaced, not wrapped */

/* Returns a timer's deadline on the recording's clock. A loop that keeps a time of its own is asked for it. */
static uint64_t deadline_of(PyObject *loop, PyObject *when) {
    if (!PyFloat_CheckExact(when) && !PyLong_CheckExact(when)) return recording_time();
    const double seconds = PyFloat_AsDouble(when);
    if (PyErr_Occurred() || isnan(seconds)) return PyErr_Clear(), recording_time();
    if (loop_class_of(loop)->has_time) return on_recording_clock(seconds);
    PyObject *const now = PyObject_CallMethodObjArgs(loop, name_time, NULL);
    const double rest = now && PyFloat_Check(now) ? seconds - PyFloat_AsDouble(now) : 0;
    PyErr_Clear();
    Py_XDECREF(now);
    return recording_time() + (rest > 0 ? (uint64_t)(fmin(rest, 9e9) * 1e9 + 0.5) : 0);
}

void announce_timer(const char *call, PyObject *loop, PyObject *handle, uint64_t deadline, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    uint32_t name;
    unsigned kind;
    describe_callback(arguments[1], &name, &kind);
    if (Py_TYPE(arguments[1]) == &PyFunction_Type && asyncio.set_result && PyFunction_GetCode(arguments[1]) == asyncio.set_result->code && size > 2) {
        kind = CALLBACK_sleep;
        if (here.step) {
            here.step->sleeper = arguments[2];
            here.step->sleep_handle = low_half(handle) | (uint64_t)high_half(handle) << 32;
        }
    }
    say_loop(loop);
    record(SPOOL_TIMER, name, low_half(handle), high_half(handle) | SPOOL_HANDLE_TIMER | kind << SPOOL_HANDLE_CALLBACK_AT);
    record_also(SPOOL_DEADLINE, 0, (uint32_t)deadline, (uint32_t)(deadline >> 32));
    if (kind == CALLBACK_user && copies_context(arguments, size, names)) record_copy(call);
}

/* Returns whether call_at and call_later do nothing with these arguments but what is done here. */
static bool is_plain(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return makes_timers && size >= 2 && arguments[0] != Py_None && takes_context(names) && loop_class_of(loop)->starts_timers && is_false(loop, name_closed) &&
           !debugs(loop);
}

/* Puts a timer into the loop's heap. Returns false with an exception. */
static bool start(PyObject *loop, PyObject *timer) {
    PyObject *const scheduled = PyObject_GetAttr(loop, name_scheduled);
    PyObject *const pushed = scheduled ? PyObject_CallFunctionObjArgs(push, scheduled, timer, NULL) : NULL;
    if (pushed) set_slot(timer, &asyncio.scheduled, Py_True);
    Py_XDECREF(scheduled);
    Py_XDECREF(pushed);
    return pushed != NULL;
}

/* Does what call_at does where nothing is debugged: `when`, and behind the first of its arguments the others. */
static PyObject *start_timer(PyObject *loop, PyObject *when, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const args = tuple_of(arguments + 2, size - 2);
    PyObject *const context = names && PyTuple_Size(names) ? arguments[size] : Py_None;
    PyObject *const timer = args ? make_timer(when, arguments[1], args, loop, context) : NULL;
    Py_XDECREF(args);
    if (!timer || start(loop, timer)) return timer;
    Py_DECREF(timer);
    return NULL;
}

static PyObject *call_at(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const handle = is_plain(loop, arguments, size, names) ? start_timer(loop, arguments[0], arguments, size, names)
                                                                   : call_with_self(original_call_at, loop, arguments, size, names);
    if (handle && recording && size >= 2) announce_timer("call_at", loop, handle, deadline_of(loop, arguments[0]), arguments, size, names);
    return handle;
}

static PyObject *call_later(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    if (!is_plain(loop, arguments, size, names)) return call_with_self(original_call_later, loop, arguments, size, names);
    PyObject *const now = PyObject_CallMethodObjArgs(loop, name_time, NULL), *const when = now ? PyNumber_Add(now, arguments[0]) : NULL;
    PyObject *const handle = when ? start_timer(loop, when, arguments, size, names) : NULL;
    if (handle && recording) announce_timer("call_later", loop, handle, deadline_of(loop, when), arguments, size, names);
    Py_XDECREF(when);
    Py_XDECREF(now);
    return handle;
}

/* TimerHandle.__lt__, by which the heap is ordered. */
static PyObject *less(PyObject *self, PyObject *other) {
    if (PyObject_TypeCheck(other, asyncio.timer_handle)) {
        PyObject *const one = *(PyObject **)((char *)self + asyncio.when.at), *const two = *(PyObject **)((char *)other + asyncio.when.at);
        if (one && two && PyFloat_CheckExact(one) && PyFloat_CheckExact(two)) return PyBool_FromLong(PyFloat_AsDouble(one) < PyFloat_AsDouble(two));
    }
    return PyObject_CallFunctionObjArgs(original_less, self, other, NULL);
}

/* Returns the deadline of a timer in nanoseconds, as `nanoseconds` of virtual_clock.py does. */
static int64_t nanoseconds_of(PyObject *timer) {
    PyObject *const when = slot_value(timer, &asyncio.when);
    const double seconds = when ? PyFloat_AsDouble(when) : NAN;
    PyErr_Clear();
    Py_XDECREF(when);
    return fabs(seconds) < 9e9 ? (int64_t)(seconds * 1e9 + 0.5) : seconds < 0 ? 0 : NEVER;
}

static int64_t first_deadline(PyObject *scheduled) {
    return PyList_Size(scheduled) > 0 ? nanoseconds_of(PyList_GetItem(scheduled, 0)) : NEVER;
}

static PyObject *module_first_deadline(PyObject *module, PyObject *scheduled) {
    (void)module;
    return PyList_Check(scheduled) ? PyLong_FromLongLong(first_deadline(scheduled)) : PyErr_Format(PyExc_TypeError, "a heap is a list");
}

/* Moves a timer to the ready queue. Returns false with an exception. */
static bool make_ready(PyObject *timer, PyObject *ready) {
    if (asyncio.scheduled.at) set_slot(timer, &asyncio.scheduled, Py_False);
    else if (PyObject_SetAttr(timer, name_scheduled, Py_False)) return false;
    if (recording) record_due(timer);
    return append_to(ready, timer);
}

/* Takes all timers of the first deadline from the heap; returns a new list of them, or NULL with an exception. */
static PyObject *take_tied(PyObject *scheduled, int64_t deadline) {
    PyObject *const tied = PyList_New(0);
    while (tied && first_deadline(scheduled) == deadline && PyList_Size(scheduled) > 0) {
        PyObject *const timer = PyObject_CallFunctionObjArgs(pop, scheduled, NULL);
        const bool taken = timer && PyList_Append(tied, timer) == 0;
        Py_XDECREF(timer);
        if (!taken) return Py_DECREF(tied), NULL;
    }
    return tied;
}

static PyObject *module_take_due(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *scheduled, *ready;
    long long now;
    int ties;
    if (!PyArg_ParseTuple(arguments, "O!OLp", &PyList_Type, &scheduled, &ready, &now, &ties)) return NULL;
    for (int64_t deadline; PyList_Size(scheduled) > 0 && (deadline = first_deadline(scheduled)) <= now;) {
        PyObject *const tied = take_tied(scheduled, deadline), *const order = tied && ties ? shuffled(TIE, tied) : tied;
        bool moved = order != NULL;
        for (Py_ssize_t at = 0; moved && at < PyList_Size(order); at++) moved = make_ready(PyList_GetItem(order, at), ready);
        if (order != tied) Py_XDECREF(order);
        Py_XDECREF(tied);
        if (!moved) return NULL;
    }
    Py_RETURN_NONE;
}

PyMethodDef timer_functions[] = {{"first_deadline", module_first_deadline, METH_O, NULL},
                                 {"take_due", module_take_due, METH_VARARGS, NULL},
                                 {NULL, NULL, 0, NULL}};

static PyMethodDef methods[] = {FAST_METHOD("call_at", call_at), FAST_METHOD("call_later", call_later), {"__lt__", less, METH_O, NULL}};

bool install_timers(void) {
    push = look_up("heapq", "heappush");
    pop = look_up("heapq", "heappop");
    makes_timers = asyncio.replaced && asyncio.when.at && asyncio.scheduled.at && is_asyncios(asyncio.loop, "call_at", "asyncio.base_events") &&
                   is_asyncios(asyncio.loop, "call_later", "asyncio.base_events") && is_asyncios(asyncio.timer_handle, "__init__", "asyncio.events") &&
                   is_asyncios(asyncio.timer_handle, "__lt__", "asyncio.events");
    return push && pop && (original_call_at = replace_method(asyncio.loop, "call_at", &methods[0])) &&
           (!makes_timers || ((original_call_later = replace_method(asyncio.loop, "call_later", &methods[1])) &&
                              (original_less = replace_method(asyncio.timer_handle, "__lt__", &methods[2]))));
}
