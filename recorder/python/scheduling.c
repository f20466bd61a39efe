// SPDX-License-Identifier: MIT
/* call_soon, and what a selector or a signal makes ready. Follows Lib/asyncio/base_events.py of CPython 3.8 to 3.13. */
#include "asyncio.h"
#include "kinds.h"

static PyObject *original_call_soon, *original_schedule, *original_add_callback, *original_add_signalsafe;
static __thread bool is_signal; /* what is added comes from a signal */

/* Classes are few; they are kept, so that none comes again at the address of another. */
enum { CLASSES = 32 };
static LoopClass classes[CLASSES];
static int class_count;

void forget_loop_classes(void) {
    while (class_count) Py_DECREF(classes[--class_count].type);
}

static bool is_own(PyTypeObject *type, const char *name) {
    PyObject *const its = PyObject_GetAttrString((PyObject *)type, name), *const own = PyObject_GetAttrString((PyObject *)asyncio.loop, name);
    if (!its || !own) PyErr_Clear();
    Py_XDECREF(its);
    Py_XDECREF(own);
    return its && its == own;
}

const LoopClass *loop_class_of(PyObject *loop) {
    static const LoopClass foreign = {NULL, false, false, false, false, false};
    PyTypeObject *const type = Py_TYPE(loop);
    for (int at = 0; at < class_count; at++)
        if (classes[at].type == type) return &classes[at];
    if (class_count == CLASSES || !PyType_IsSubtype(type, asyncio.loop)) return &foreign;
    Py_INCREF(type);
    classes[class_count] = (LoopClass){type, is_own(type, "call_soon") && is_own(type, "_call_soon") && is_own(type, "_check_closed"),
                                       is_own(type, "call_at"), is_own(type, "_timer_handle_cancelled"), is_own(type, "get_debug"), is_own(type, "time")};
    return &classes[class_count++];
}

bool is_false(PyObject *loop, PyObject *name) {
    PyObject *const value = PyObject_GetAttr(loop, name);
    if (!value) PyErr_Clear();
    Py_XDECREF(value);
    return value == Py_False;
}

bool debugs(PyObject *loop) {
    if (loop_class_of(loop)->says_debug) return !is_false(loop, name_debug);
    PyObject *const debug = PyObject_CallMethodObjArgs(loop, name_get_debug, NULL);
    const int is = debug ? PyObject_IsTrue(debug) : 1;
    PyErr_Clear(); /* whoever asks asks again, by asyncio's own way, which raises it */
    Py_XDECREF(debug);
    return is != 0;
}

bool copies_context(PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    for (Py_ssize_t at = 0; names && at < PyTuple_Size(names); at++)
        if (PyUnicode_Compare(PyTuple_GetItem(names, at), name_context_word) == 0) return arguments[size + at] == Py_None;
    return true;
}

void announce(PyObject *loop, PyObject *callback, PyObject *handle, bool copies) {
    if (!recording) return;
    bool is_step;
    PyObject *const task = task_of_callback(callback, &is_step);
    if (task && is_step && here.step && here.step->task == task) return;
    say_loop(loop);
    if (task) {
        bool made = false;
        const uint32_t number = is_step ? number_of_starting_task(task, &made) : number_of_task(task);
        if (!made) record(SPOOL_WAKE, number, low_half(handle), high_half(handle));
        return;
    }
    uint32_t name;
    unsigned kind;
    describe_callback(callback, &name, &kind);
    record(SPOOL_READY, name, low_half(handle), high_half(handle) | kind << SPOOL_HANDLE_CALLBACK_AT);
    if (copies && kind == CALLBACK_user) record_copy("call_soon");
}

bool append_to(PyObject *ready, PyObject *handle) {
    PyObject *const result = Py_TYPE(ready) == asyncio.deque && asyncio.deque_append ? asyncio.deque_append(ready, handle)
                                                                                      : PyObject_CallMethod(ready, "append", "O", handle);
    Py_XDECREF(result);
    return result != NULL;
}

/* Appends a handle to the ready queue. Returns false with an exception. */
static bool append(PyObject *loop, PyObject *handle) {
    PyObject *const ready = PyObject_GetAttr(loop, name_ready);
    const bool appended = ready && append_to(ready, handle);
    Py_XDECREF(ready);
    return appended;
}

/* Does what BaseEventLoop._call_soon does where nothing is debugged. The handle is announced before another thread can run it. */
static PyObject *schedule(PyObject *loop, PyObject *callback, PyObject *args, PyObject *context) {
    PyObject *const handle = make_handle(callback, args, loop, context);
    if (!handle) return NULL;
    announce(loop, callback, handle, context == Py_None);
    if (append(loop, handle)) return handle;
    Py_DECREF(handle);
    return NULL;
}

PyObject *tuple_of(PyObject *const *arguments, Py_ssize_t size) {
    PyObject *const tuple = PyTuple_New(size);
    for (Py_ssize_t at = 0; tuple && at < size; at++) {
        Py_INCREF(arguments[at]);
        PyTuple_SetItem(tuple, at, arguments[at]);
    }
    return tuple;
}

bool takes_context(PyObject *names) {
    return !names || PyTuple_Size(names) == 0 ||
           (PyTuple_Size(names) == 1 && PyUnicode_Compare(PyTuple_GetItem(names, 0), name_context_word) == 0);
}

static PyObject *call_soon(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    if (size < 1 || !takes_context(names) || !loop_class_of(loop)->schedules || !is_false(loop, name_closed) || debugs(loop))
        return call_with_self(original_call_soon, loop, arguments, size, names);
    PyObject *const args = tuple_of(arguments + 1, size - 1);
    if (!args) return NULL;
    PyObject *const handle = schedule(loop, arguments[0], args, names && PyTuple_Size(names) ? arguments[size] : Py_None);
    Py_DECREF(args);
    return handle;
}

/* BaseEventLoop._call_soon(callback, args, context), which call_soon_threadsafe calls, and call_soon where it has more to do. */
static PyObject *loop_schedule(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    if (asyncio.replaced && size == 3 && !names && PyTuple_CheckExact(arguments[1]) && !debugs(loop))
        return schedule(loop, arguments[0], arguments[1], arguments[2]);
    PyObject *const handle = call_with_self(original_schedule, loop, arguments, size, names);
    if (handle && size >= 1) announce(loop, arguments[0], handle, size == 3 && arguments[2] == Py_None);
    return handle;
}

/* BaseEventLoop._add_callback(handle): a descriptor is ready, or a signal came. */
static PyObject *add_callback(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const handle = size == 1 && recording && PyObject_TypeCheck(arguments[0], asyncio.handle) ? arguments[0] : NULL;
    if (handle && is_false(handle, name_cancelled)) {
        PyObject *const callback = slot_value(handle, &asyncio.callback);
        uint32_t name = 0;
        unsigned kind;
        if (callback) describe_callback(callback, &name, &kind);
        Py_XDECREF(callback);
        kind = is_signal ? CALLBACK_signal : CALLBACK_io;
        say_loop(loop);
        record(SPOOL_IO, name, low_half(handle), high_half(handle) | kind << SPOOL_HANDLE_CALLBACK_AT);
    }
    return call_with_self(original_add_callback, loop, arguments, size, names);
}

static PyObject *add_signalsafe(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    is_signal = true;
    PyObject *const result = call_with_self(original_add_signalsafe, loop, arguments, size, names);
    is_signal = false;
    return result;
}

static PyMethodDef methods[] = {FAST_METHOD("call_soon", call_soon), FAST_METHOD("_call_soon", loop_schedule),
                                FAST_METHOD("_add_callback", add_callback), FAST_METHOD("_add_callback_signalsafe", add_signalsafe)};

bool install_scheduling(void) {
    return (!asyncio.replaced || (original_call_soon = replace_method(asyncio.loop, "call_soon", &methods[0]))) &&
           (original_schedule = replace_method(asyncio.loop, "_call_soon", &methods[1])) &&
           (original_add_callback = replace_method(asyncio.loop, "_add_callback", &methods[2])) &&
           (original_add_signalsafe = replace_method(asyncio.loop, "_add_callback_signalsafe", &methods[3]));
}
