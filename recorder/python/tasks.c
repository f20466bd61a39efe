// SPDX-License-Identifier: MIT
/* Tasks and their numbers; what creates, names and cancels them. */
#include "asyncio.h"
#include "kinds.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    PyObject *task; /* only compared */
    uint32_t number : 30; /* 0: free */
    uint32_t flagged : 1; /* cancel() set must_cancel: it is worth asking for */
    uint32_t ended : 1;   /* it is done: kept as long as there is room, for it may still be cancelled or named */
} Task;

static Task *tasks; /* a hash table by address */
static uint32_t capacity, count;
static uint32_t last_number;
static PyObject *original_cancel, *original_set_name, *original_python_cancel, *original_python_set_name;

void forget_tasks(void) {
    free(tasks);
    tasks = NULL;
    capacity = count = last_number = 0;
    for (Step *step = here.step; step; step = step->outer) step->number = 0; /* they began in the parent */
}

static uint32_t slot_of(const PyObject *task) {
    return (uint32_t)(((uintptr_t)task >> 4) * 0x9e3779b97f4a7c15u >> 32) & (capacity - 1);
}

static Task *place_of(const PyObject *task) {
    uint32_t at = slot_of(task);
    while (tasks[at].number && tasks[at].task != task) at = (at + 1) & (capacity - 1);
    return &tasks[at];
}

/* Makes room for one more, leaving out those that have ended where they are many. Returns false without memory. */
static bool grow(void) {
    if (count * 3 < capacity * 2) return true;
    Task *const old = tasks;
    const uint32_t old_capacity = capacity;
    uint32_t living = 0;
    for (uint32_t at = 0; at < old_capacity; at++) living += old[at].number && !old[at].ended;
    const uint32_t wanted = !capacity ? 256 : living * 3 < capacity ? capacity : capacity * 2;
    Task *const made = calloc(wanted, sizeof *made);
    if (!made) return false;
    tasks = made;
    capacity = wanted;
    count = living;
    for (uint32_t at = 0; at < old_capacity; at++)
        if (old[at].number && !old[at].ended) *place_of(old[at].task) = old[at];
    free(old);
    return true;
}

uint32_t task_number(PyObject *task) { return capacity ? place_of(task)->number : 0; }

void end_task(PyObject *task, uint32_t number) {
    if (!number || !capacity) return;
    task_is_done(task, number);
    Task *const entry = place_of(task);
    if (entry->number == number) entry->ended = 1;
}

/* Returns the task's coroutine, a new reference, or NULL. */
PyObject *coroutine_of(PyObject *task) {
    PyObject *const coroutine = asyncio.task_get_coro && PyType_IsSubtype(Py_TYPE(task), asyncio.task)
                                    ? asyncio.task_get_coro(task, NULL)
                                    : PyObject_GenericGetAttr(task, name_coro);
    if (!coroutine) PyErr_Clear();
    return coroutine;
}

/* Returns the number of the name of a coroutine's function, or of its type. */
static uint32_t coroutine_name(PyObject *coroutine) {
    PyObject *code = NULL;
    if (Py_TYPE(coroutine) == &PyCoro_Type) code = PyObject_GetAttr(coroutine, name_cr_code);
    else if (Py_TYPE(coroutine) == &PyGen_Type) code = PyObject_GetAttr(coroutine, name_gi_code);
    Code *const known = code ? code_of(code) : NULL;
    const uint32_t name = known ? code_name(known) : number_of_type_name(Py_TYPE(coroutine));
    PyErr_Clear();
    Py_XDECREF(code);
    return name;
}

/* Returns whether a name is one that asyncio makes up: "Task-" and digits. */
static bool is_made_up(PyObject *name) {
    Py_ssize_t size;
    const char *const text = PyUnicode_AsUTF8AndSize(name, &size);
    if (!text) return PyErr_Clear(), false;
    return size > 5 && !strncmp(text, "Task-", 5) && strspn(text + 5, "0123456789") == (size_t)size - 5;
}

static void record_name(PyObject *name, uint32_t number) {
    if (!PyUnicode_Check(name) || is_made_up(name)) return;
    const uint32_t text = number_of_text(name);
    record(SPOOL_TASK_NAME, number, text, 0);
}

/* Returns the task's name, a new reference, or NULL. */
static PyObject *name_of(PyObject *task) {
    PyObject *name;
    if (!PyType_IsSubtype(Py_TYPE(task), asyncio.task)) name = PyObject_GenericGetAttr(task, name_name);
    else name = asyncio.task_get_name ? asyncio.task_get_name(task, NULL) : PyObject_CallMethod(task, "get_name", NULL);
    if (!name) PyErr_Clear();
    return name;
}

uint32_t make_task(PyObject *task, PyObject *coroutine, PyObject *name, unsigned start) {
    if (!recording || !grow()) return 0;
    const uint32_t number = ++last_number;
    Task *const entry = place_of(task);
    count += !entry->number;
    *entry = (Task){task, number, 0, 0};
    uint32_t call = 0;
    const uint32_t what = coroutine ? coroutine_name(coroutine) : 0, line = line_of_call(&call);
    record(SPOOL_TASK, number, what, line << 8 | start);
    if (call) record(SPOOL_COPY, 0, call, line);
    if (name) record_name(name, number);
    task_is_made(task, number, current_task_object());
    return number;
}

/* Writes a task that is made, as it says itself. */
static uint32_t make_seen_task(PyObject *task) {
    PyObject *const coroutine = coroutine_of(task), *const name = name_of(task);
    const uint32_t number = make_task(task, coroutine, name, START_soon);
    Py_XDECREF(name);
    Py_XDECREF(coroutine);
    return number;
}

uint32_t number_of_starting_task(PyObject *task, bool *made) {
    *made = !here.step || here.step->task != task || !task_number(task);
    return *made ? make_seen_task(task) : task_number(task);
}

uint32_t number_of_task(PyObject *task) {
    if (!capacity) return make_seen_task(task);
    const Task *const entry = place_of(task);
    return entry->number && !entry->ended ? entry->number : make_seen_task(task); /* one that has ended does not run again: this is another one */
}

static bool is_in_state(PyObject *future, const char *wanted) {
    PyObject *const state = PyObject_GenericGetAttr(future, name_state);
    const bool is = state && PyUnicode_CompareWithASCIIString(state, wanted) == 0;
    if (!state) PyErr_Clear();
    Py_XDECREF(state);
    return is;
}

bool is_cancelled(PyObject *future) {
    PyTypeObject *const type = Py_TYPE(future);
    if (!asyncio.task_cancelled || (type != asyncio.future && type != asyncio.task && !PyType_IsSubtype(type, asyncio.future)))
        return is_in_state(future, "CANCELLED");
    PyObject *const cancelled = asyncio.task_cancelled(future, NULL);
    Py_XDECREF(cancelled);
    return cancelled == Py_True;
}

unsigned outcome_of_task(PyObject *task) {
    if (asyncio.task_done && asyncio.task_cancelled && PyType_IsSubtype(Py_TYPE(task), asyncio.task)) {
        PyObject *const done = asyncio.task_done(task, NULL);
        Py_XDECREF(done);
        if (done != Py_True) return 0;
        if (is_cancelled(task)) return SPOOL_RAN_CANCELLED;
    } else {
        if (is_in_state(task, "PENDING")) return 0;
        if (is_in_state(task, "CANCELLED")) return SPOOL_RAN_CANCELLED;
    }
    PyObject *const exception = exception_of_task(task);
    Py_XDECREF(exception);
    return exception ? SPOOL_RAN_EXCEPTION : SPOOL_RAN_RESULT;
}

PyObject *exception_of_task(PyObject *task) {
    PyObject *const exception = PyObject_GenericGetAttr(task, name_exception);
    if (!exception) PyErr_Clear();
    if (exception != Py_None) return exception;
    Py_DECREF(exception);
    return NULL;
}

static bool must_cancel(PyObject *task) {
    PyObject *const flag = PyObject_GenericGetAttr(task, name_must_cancel);
    if (!flag) PyErr_Clear();
    Py_XDECREF(flag);
    return flag == Py_True;
}

bool must_cancel_now(PyObject *task) {
    if (!capacity) return false;
    Task *const entry = place_of(task);
    if (!entry->flagged) return false;
    entry->flagged = 0;
    return must_cancel(task);
}

/* Writes that cancel() found nothing to cancel but the task's next step. */
static void record_flagged(PyObject *task, uint32_t number, uint32_t line) {
    Task *const entry = place_of(task);
    if (entry->number == number) entry->flagged = 1;
    record(SPOOL_TASK_CANCEL, number, 0, line | CANCEL_flagged);
}

static PyObject *cancel(PyObject *original, PyObject *task, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    const uint32_t number = recording ? task_number(task) : 0;
    const bool pending = number && !outcome_of_task(task);
    const uint32_t line = number ? line_of_caller() << 8 : 0;
    if (number) record(SPOOL_TASK_CANCEL, number, 0, line | (pending ? CANCEL_requested : CANCEL_done));
    PyObject *const result = call_with_self(original, task, arguments, size, names);
    if (result && pending && must_cancel(task)) record_flagged(task, number, line);
    return result;
}

static PyObject *task_cancel(PyObject *task, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return cancel(original_cancel, task, arguments, size, names);
}

static PyObject *python_task_cancel(PyObject *task, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return cancel(original_python_cancel, task, arguments, size, names);
}

static PyObject *set_name(PyObject *original, PyObject *task, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const result = call_with_self(original, task, arguments, size, names);
    const uint32_t number = result && recording ? task_number(task) : 0;
    PyObject *const name = number ? name_of(task) : NULL;
    if (name) record_name(name, number);
    Py_XDECREF(name);
    return result;
}

static PyObject *task_set_name(PyObject *task, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return set_name(original_set_name, task, arguments, size, names);
}

static PyObject *python_task_set_name(PyObject *task, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return set_name(original_python_set_name, task, arguments, size, names);
}

static PyMethodDef methods[] = {FAST_METHOD("cancel", task_cancel), FAST_METHOD("set_name", task_set_name)};
static PyMethodDef python_methods[] = {FAST_METHOD("cancel", python_task_cancel), FAST_METHOD("set_name", python_task_set_name)};

bool install_tasks(void) {
    if (!(original_cancel = replace_method(asyncio.task, "cancel", &methods[0])) ||
        !(original_set_name = replace_method(asyncio.task, "set_name", &methods[1])))
        return false;
    if (asyncio.python_task == asyncio.task) return true;
    return (original_python_cancel = replace_method(asyncio.python_task, "cancel", &python_methods[0])) &&
           (original_python_set_name = replace_method(asyncio.python_task, "set_name", &python_methods[1]));
}
