// SPDX-License-Identifier: MIT
/* Learning asyncio: its classes, and where they hold what. */
#include "asyncio.h"

#include <string.h>

Asyncio asyncio;

PyObject *look_up(const char *module, const char *path) {
    PyObject *found = PyImport_ImportModule(module);
    while (found && *path) {
        const char *const dot = strchr(path, '.');
        const size_t size = dot ? (size_t)(dot - path) : strlen(path);
        PyObject *const name = PyUnicode_FromStringAndSize(path, (Py_ssize_t)size);
        PyObject *const next = name ? PyObject_GetAttr(found, name) : NULL;
        Py_XDECREF(name);
        Py_DECREF(found);
        found = next;
        path += size + (dot != NULL);
    }
    return found;
}

static bool find_type(PyTypeObject **type, const char *module, const char *name) {
    PyObject *const found = look_up(module, name);
    if (found && !PyType_Check(found)) PyErr_Format(PyExc_RuntimeError, "%s.%s is no class", module, name);
    *type = (PyTypeObject *)found;
    return found && PyType_Check(found);
}

static bool find_types(void) {
    return find_type(&asyncio.handle, "asyncio.events", "Handle") && find_type(&asyncio.timer_handle, "asyncio.events", "TimerHandle") &&
           find_type(&asyncio.loop, "asyncio.base_events", "BaseEventLoop") && find_type(&asyncio.future, "asyncio.futures", "Future") &&
           find_type(&asyncio.task, "asyncio.tasks", "Task") &&
           find_type(&asyncio.python_task, "asyncio.tasks", "_PyTask") && find_type(&asyncio.gathering, "asyncio.tasks", "_GatheringFuture") &&
           find_type(&asyncio.deque, "collections", "deque") && find_type(&asyncio.partial, "functools", "partial");
}

/* Returns the bytes that an object has, 0 where that cannot be told. */
static Py_ssize_t size_of(PyObject *object) {
    PyObject *const size = PyObject_CallMethod(object, "__sizeof__", NULL);
    const Py_ssize_t bytes = size ? PyLong_AsSsize_t(size) : 0;
    PyErr_Clear();
    Py_XDECREF(size);
    return bytes;
}

/* Returns where in an object a pointer stands, from its third word on; 0 where it does not. */
static Py_ssize_t find_word(PyObject *object, const void *pointer) {
    const Py_ssize_t size = size_of(object);
    for (Py_ssize_t at = 2 * (Py_ssize_t)sizeof(void *); at + (Py_ssize_t)sizeof(void *) <= size; at += (Py_ssize_t)sizeof(void *))
        if (*(void **)((char *)object + at) == pointer) return at;
    return 0;
}

static bool learn_slot(PyObject *handle, Slot *slot, PyObject **name) {
    PyObject *const value = PyObject_GetAttr(handle, *name);
    *slot = (Slot){value ? find_word(handle, value) : 0, name};
    Py_XDECREF(value);
    return value != NULL;
}

static bool learn_handle(PyObject *samples) {
    PyObject *const handle = PyObject_CallMethod(samples, "timer_handle", NULL);
    const bool learned = handle && learn_slot(handle, &asyncio.callback, &name_callback) && learn_slot(handle, &asyncio.args, &name_args) &&
                         learn_slot(handle, &asyncio.context, &name_context) && learn_slot(handle, &asyncio.handle_loop, &name_handle_loop) &&
                         learn_slot(handle, &asyncio.cancelled, &name_cancelled) && learn_slot(handle, &asyncio.repr, &name_repr) &&
                         learn_slot(handle, &asyncio.source_traceback, &name_source_traceback) && learn_slot(handle, &asyncio.when, &name_when) &&
                         learn_slot(handle, &asyncio.scheduled, &name_scheduled);
    Py_XDECREF(handle);
    return learned;
}

/* Returns a method's C function where `flags` is all that it has, or NULL. */
PyCFunction function_of(PyObject *object, const char *method, int flags) {
    PyObject *const bound = PyObject_GetAttrString(object, method);
    PyCFunction function = NULL;
    if (bound && PyCFunction_Check(bound) && PyCFunction_GetFlags(bound) == flags && PyCFunction_GetSelf(bound) == object)
        function = PyCFunction_GetFunction(bound);
    PyErr_Clear();
    Py_XDECREF(bound);
    return function;
}

/* Learns the form of a callback: C's own type, a bound C function, or a bound method. */
static void learn_callback(PyObject *callback, PyObject *task, PyTypeObject **type, PyCFunction *function, PyObject **method) {
    if (Py_TYPE(callback) == &PyMethod_Type) {
        *method = PyMethod_Function(callback);
        Py_INCREF(*method);
    } else if (PyCFunction_Check(callback)) {
        if (function) *function = PyCFunction_GetFunction(callback);
    } else if (((PyObject **)callback)[2] == task) {
        *type = Py_TYPE(callback);
        Py_INCREF(*type);
    }
}

static void learn_local(PyObject *coroutine, PyObject *mark) {
    asyncio.local_at = find_word(coroutine, mark);
    asyncio.local_in_coroutine = asyncio.local_at != 0;
    if (asyncio.local_in_coroutine) return;
    PyObject *const frame = PyObject_GetAttr(coroutine, name_cr_frame);
    if (frame) asyncio.local_at = find_word(frame, mark);
    PyErr_Clear();
    Py_XDECREF(frame);
}

static void learn_task(PyObject *task, PyObject *step, PyObject *wakeup) {
    learn_callback(step, task, &asyncio.step, NULL, &asyncio.python_step);
    learn_callback(wakeup, task, &asyncio.wakeup, &asyncio.wakeup_function, &asyncio.python_wakeup);
    if (Py_TYPE(task) != asyncio.task) return;
    asyncio.task_done = function_of(task, "done", METH_NOARGS);
    asyncio.task_cancelled = function_of(task, "cancelled", METH_NOARGS);
    asyncio.task_get_coro = function_of(task, "get_coro", METH_NOARGS);
    asyncio.task_get_name = function_of(task, "get_name", METH_NOARGS);
}

/* Learns from a sample of a class of tasks, `samples.task` or `samples.python_task`. */
static bool learn_sample(PyObject *samples, const char *which) {
    PyObject *const sample = PyObject_CallMethod(samples, which, NULL);
    if (!sample) return false;
    const char *const names[] = {"task", "step", "wakeup", "coroutine", "mark"};
    PyObject *parts[5] = {NULL};
    bool learned = true;
    for (int at = 0; at < 5; at++) learned &= (parts[at] = PyObject_GetAttrString(sample, names[at])) != NULL;
    if (learned) {
        learn_task(parts[0], parts[1], parts[2]);
        learn_local(parts[3], parts[4]);
        PyObject *const ended = PyObject_CallMethod(sample, "end", NULL);
        learned = ended != NULL;
        Py_XDECREF(ended);
    }
    for (int at = 0; at < 5; at++) Py_XDECREF(parts[at]);
    Py_DECREF(sample);
    return learned;
}

void forget_layout(void) {
    Slot *const slots[] = {&asyncio.callback, &asyncio.args, &asyncio.context, &asyncio.handle_loop, &asyncio.cancelled,
                           &asyncio.repr, &asyncio.source_traceback, &asyncio.when, &asyncio.scheduled};
    for (size_t at = 0; at < sizeof slots / sizeof *slots; at++) slots[at]->at = 0;
    asyncio.local_at = 0;
    asyncio.task_done = asyncio.task_cancelled = asyncio.task_get_coro = asyncio.task_get_name = NULL;
}

static bool learn_deque(void) {
    PyObject *const deque = PyObject_CallObject((PyObject *)asyncio.deque, NULL);
    if (!deque) return false;
    asyncio.deque_append = function_of(deque, "append", METH_O);
    Py_DECREF(deque);
    return true;
}

bool learn_asyncio(PyObject *samples) {
    if (!find_types() || !learn_handle(samples) || !learn_deque() || !learn_sample(samples, "python_task") || !learn_sample(samples, "task"))
        return false;
    asyncio.format_callback = look_up("asyncio.format_helpers", "_format_callback_source");
    asyncio.cancelled_error = look_up("asyncio", "CancelledError");
    if (!asyncio.format_callback || !asyncio.cancelled_error) return false;
    PyObject *const code = PyFunction_GetCode(asyncio.format_callback);
    PyObject *const names = code ? PyObject_GetAttrString(code, "co_varnames") : NULL;
    PyObject *const debug = PyUnicode_FromString("debug");
    asyncio.format_wants_debug = names && debug && PySequence_Contains(names, debug) == 1;
    Py_XDECREF(debug);
    Py_XDECREF(names);
    learn_meanings();
    return true;
}
