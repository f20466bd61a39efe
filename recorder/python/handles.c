// SPDX-License-Identifier: MIT
/* Handles: made, run, cancelled. Follows Lib/asyncio/events.py of CPython 3.8 to 3.13. */
#include "asyncio.h"
#include "kinds.h"

static PyObject *original_init, *original_run, *original_cancel, *original_timer_cancel, *original_exception_handler;

/* Returns None in place of what a callback returned. */
static PyObject *none_for(PyObject *result) {
    if (!result) return NULL;
    Py_DECREF(result);
    Py_INCREF(Py_None);
    return Py_None;
}

void set_slot(PyObject *handle, const Slot *slot, PyObject *value) {
    PyObject **const place = (PyObject **)((char *)handle + slot->at);
    PyObject *const old = *place;
    Py_INCREF(value);
    *place = value;
    Py_XDECREF(old);
}

/* Sets all slots of a handle of a loop that does not debug. Returns false with an exception. */
static bool fill(PyObject *handle, PyObject *callback, PyObject *args, PyObject *loop, PyObject *context) {
    PyObject *const own = context == Py_None ? PyContext_CopyCurrent() : context;
    if (!own) return false;
    if (own == context) Py_INCREF(own);
    set_slot(handle, &asyncio.context, own);
    Py_DECREF(own);
    set_slot(handle, &asyncio.handle_loop, loop);
    set_slot(handle, &asyncio.callback, callback);
    set_slot(handle, &asyncio.args, args);
    set_slot(handle, &asyncio.cancelled, Py_False);
    set_slot(handle, &asyncio.repr, Py_None);
    set_slot(handle, &asyncio.source_traceback, Py_None);
    return true;
}

PyObject *make_handle(PyObject *callback, PyObject *args, PyObject *loop, PyObject *context) {
    PyObject *const handle = PyType_GenericAlloc(asyncio.handle, 0);
    if (!handle || fill(handle, callback, args, loop, context)) return handle;
    Py_DECREF(handle);
    return NULL;
}

PyObject *make_timer(PyObject *when, PyObject *callback, PyObject *args, PyObject *loop, PyObject *context) {
    PyObject *const timer = PyType_GenericAlloc(asyncio.timer_handle, 0);
    if (timer && fill(timer, callback, args, loop, context)) {
        set_slot(timer, &asyncio.when, when);
        set_slot(timer, &asyncio.scheduled, Py_False);
        return timer;
    }
    Py_XDECREF(timer);
    return NULL;
}

static PyObject *handle_init(PyObject *self, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    if (size < 3 || size > 4 || names || debugs(arguments[2])) return call_with_self(original_init, self, arguments, size, names);
    if (!fill(self, arguments[0], arguments[1], arguments[2], size == 4 ? arguments[3] : Py_None)) return NULL;
    Py_INCREF(Py_None);
    return Py_None;
}

/* Calls the loop's exception handler as Handle._run does: "Exception in callback …". Takes the exception that is set. */
static PyObject *report(PyObject *self) {
    PyObject *type, *exception, *traceback, *outer_type, *outer, *outer_traceback;
    PyErr_Fetch(&type, &exception, &traceback);
    PyErr_NormalizeException(&type, &exception, &traceback);
    if (traceback) PyException_SetTraceback(exception, traceback);
    PyErr_GetExcInfo(&outer_type, &outer, &outer_traceback);
    Py_XINCREF(type), Py_XINCREF(exception), Py_XINCREF(traceback);
    PyErr_SetExcInfo(type, exception, traceback); /* as inside `except` */

    PyObject *const callback = slot_value(self, &asyncio.callback), *const args = slot_value(self, &asyncio.args);
    PyObject *const loop = slot_value(self, &asyncio.handle_loop), *const source = slot_value(self, &asyncio.source_traceback);
    PyObject *result = NULL, *options = PyDict_New(), *positional = callback && args ? PyTuple_Pack(2, callback, args) : NULL;
    PyObject *debug = asyncio.format_wants_debug && loop ? PyObject_CallMethod(loop, "get_debug", NULL) : NULL;
    if (options && positional && loop && (debug ? PyDict_SetItemString(options, "debug", debug) == 0 : !PyErr_Occurred())) {
        PyObject *const text = PyObject_Call(asyncio.format_callback, positional, options);
        PyObject *const message = text ? PyUnicode_FromFormat("Exception in callback %S", text) : NULL;
        PyObject *const context = message ? Py_BuildValue("{sOsOsO}", "message", message, "exception", exception, "handle", self) : NULL;
        const int traced = source ? PyObject_IsTrue(source) : 0;
        if (context && (traced <= 0 || PyDict_SetItemString(context, "source_traceback", source) == 0))
            result = PyObject_CallMethod(loop, "call_exception_handler", "O", context);
        Py_XDECREF(context), Py_XDECREF(message), Py_XDECREF(text);
    }
    Py_XDECREF(debug), Py_XDECREF(positional), Py_XDECREF(options);
    Py_XDECREF(source), Py_XDECREF(loop), Py_XDECREF(args), Py_XDECREF(callback);
    PyErr_SetExcInfo(outer_type, outer, outer_traceback);
    Py_XDECREF(type), Py_XDECREF(exception), Py_XDECREF(traceback);
    return result;
}

/* Calls the callback in the handle's context: Context.run. */
static PyObject *call_in_context(PyObject *callback, PyObject *args, PyObject *context) {
    if (PyContext_Enter(context)) return NULL;
    PyObject *const result = PyObject_CallObject(callback, args);
    PyObject *type = NULL, *exception = NULL, *traceback = NULL;
    if (!result) PyErr_Fetch(&type, &exception, &traceback);
    const bool left = PyContext_Exit(context) == 0;
    if (!result && left) PyErr_Restore(type, exception, traceback);
    else if (!left) Py_XDECREF(result), Py_XDECREF(type), Py_XDECREF(exception), Py_XDECREF(traceback);
    return left ? result : NULL;
}

/* Does what the body of `try` in Handle._run does, or all of _run where the handle is not as asyncio makes it; `*whole` says which. */
static PyObject *call_back(PyObject *self, bool *whole) {
    PyObject *const callback = slot_value(self, &asyncio.callback), *const args = slot_value(self, &asyncio.args);
    PyObject *const context = slot_value(self, &asyncio.context);
    *whole = !asyncio.replaced || !callback || !args || !context || !PyTuple_CheckExact(args) || Py_TYPE(context) != &PyContext_Type;
    PyObject *const result =
        *whole ? call_with_self(original_run, self, NULL, 0, NULL) : call_in_context(callback, args, context);
    Py_XDECREF(context), Py_XDECREF(args), Py_XDECREF(callback);
    return result;
}

/* Does what `except` in Handle._run does: nothing leaves it but SystemExit and KeyboardInterrupt. */
static PyObject *caught(PyObject *self, PyObject *result, bool whole) {
    if (result || whole || PyErr_ExceptionMatches(PyExc_SystemExit) || PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) return result;
    return report(self);
}

/* BaseEventLoop.call_exception_handler(context), where asyncio's own _run says what left a callback. */
static PyObject *call_exception_handler(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    Step *const step = here.step;
    if (step && step->handle && !step->failed && size == 1 && PyDict_CheckExact(arguments[0]) &&
        PyDict_GetItemString(arguments[0], "handle") == step->handle) {
        step->failed = PyDict_GetItemString(arguments[0], "exception");
        Py_XINCREF(step->failed);
    }
    return call_with_self(original_exception_handler, loop, arguments, size, names);
}

static uint32_t timer_flag(PyObject *handle) { return Py_TYPE(handle) == asyncio.timer_handle ? SPOOL_HANDLE_TIMER : 0; }

/* Returns whether the task's step begins with a CancelledError: Task.__step throws one where must_cancel is set, and Task.__wakeup hands on that of a
   future that was cancelled. */
static bool throws(PyObject *self, PyObject *task, bool is_step) {
    if (must_cancel_now(task)) return true;
    if (is_step) return false;
    PyObject *const args = slot_value(self, &asyncio.args);
    PyObject *const future = args && PyTuple_CheckExact(args) && PyTuple_Size(args) == 1 ? PyTuple_GetItem(args, 0) : NULL;
    const bool cancelled = future && is_cancelled(future);
    Py_XDECREF(args);
    return cancelled;
}

/* Begins a handle: switches of storages that are due, and the iteration if it is the first. Returns NULL without memory. */
static Step *begin_handle(PyObject *self) {
    PyObject *const callback = slot_value(self, &asyncio.callback);
    bool is_step = false;
    PyObject *const task = callback ? task_of_callback(callback, &is_step) : NULL;
    PyObject *const transport = callback && !task ? transport_that_reads(callback) : NULL;
    Step *const step = push_step(task);
    Py_XDECREF(callback); /* the handle has it */
    if (!step) return NULL;
    if (switch_waits || here.fresh_loop) {
        PyObject *const loop = slot_value(self, &asyncio.handle_loop);
        if (loop && switch_waits) before_handle(loop);
        if (loop && loop == here.fresh_loop) begin_iteration(loop, self);
        Py_XDECREF(loop);
    }
    uint32_t flags = timer_flag(self);
    if (task && throws(self, task, is_step)) flags |= SPOOL_HANDLE_THROWS;
    begin_run(step, self, flags);
    if (transport) record_serve(transport);
    return step;
}

/* Runs a handle of which nothing is recorded. */
static PyObject *run_silently(PyObject *self) {
    bool whole;
    PyObject *const result = call_back(self, &whole);
    return none_for(caught(self, result, whole));
}

static PyObject *handle_run(PyObject *self, PyObject *nothing) {
    (void)nothing;
    if (!recording) return run_silently(self);
    Interrupt interrupt = {NULL, NULL, NULL};
    const bool is_let_through = __atomic_load_n(&spool.head->gate, __ATOMIC_RELAXED) && pass_gate(&interrupt);
    Step *const step = begin_handle(self);
    if (!step) {
        PyObject *const unseen = run_silently(self);
        if (is_let_through) leave_handle(!unseen);
        return after_interrupt(&interrupt, unseen);
    }
    bool whole;
    if (!step->task) step->handle = self;
    PyObject *result = call_back(self, &whole);
    step->handle = NULL; /* whatever is reported from here on, it is said below */
    Ended ended = {SPOOL_RAN_RESULT, 0, NULL};
    if (step->failed) ended = ended_by(step->failed);
    else if (!result && !step->task) ended = look_at_error();
    result = caught(self, result, whole);
    end_run(step, &ended);
    if (is_let_through) leave_handle(!result);
    return after_interrupt(&interrupt, none_for(result));
}

static bool cancels; /* Handle.cancel is asyncio's own, and was replaced, not wrapped */

/* Does what Handle.cancel does to a handle that is not cancelled yet, of a loop that does not debug. */
static void let_go(PyObject *handle) {
    set_slot(handle, &asyncio.cancelled, Py_True);
    set_slot(handle, &asyncio.callback, Py_None);
    set_slot(handle, &asyncio.args, Py_None);
}

/* Handle.cancel, which TimerHandle.cancel calls as well. */
static PyObject *handle_cancel(PyObject *self, PyObject *nothing) {
    (void)nothing;
    PyObject *const cancelled = slot_value(self, &asyncio.cancelled), *const loop = cancels ? slot_value(self, &asyncio.handle_loop) : NULL;
    if (cancelled != Py_True) record(SPOOL_HANDLE_CANCEL, 0, low_half(self), high_half(self) | timer_flag(self));
    const bool is_plain = loop && cancelled == Py_False && !debugs(loop);
    Py_XDECREF(loop);
    Py_XDECREF(cancelled);
    if (!is_plain) return call_with_self(original_cancel, self, NULL, 0, NULL);
    let_go(self);
    Py_INCREF(Py_None);
    return Py_None;
}

/* TimerHandle.cancel. A timer that has run is in no heap, so that its loop need not be told. */
static PyObject *timer_cancel(PyObject *self, PyObject *nothing) {
    PyObject *const scheduled = slot_value(self, &asyncio.scheduled), *const loop = slot_value(self, &asyncio.handle_loop);
    const bool has_run = scheduled == Py_False && loop && loop_class_of(loop)->counts_cancelled;
    Py_XDECREF(loop);
    Py_XDECREF(scheduled);
    return has_run ? handle_cancel(self, nothing) : call_with_self(original_timer_cancel, self, NULL, 0, NULL);
}

static PyMethodDef handler_method = FAST_METHOD("call_exception_handler", call_exception_handler);
static PyMethodDef methods[] = {{"_run", handle_run, METH_NOARGS, NULL},
                                {"cancel", handle_cancel, METH_NOARGS, NULL},
                                FAST_METHOD("__init__", handle_init),
                                {"cancel", timer_cancel, METH_NOARGS, NULL}};

bool install_handles(void) {
    cancels = asyncio.replaced && is_asyncios(asyncio.handle, "cancel", "asyncio.events");
    const bool cancels_timers = cancels && asyncio.scheduled.at && is_asyncios(asyncio.timer_handle, "cancel", "asyncio.events");
    return (!cancels_timers || (original_timer_cancel = replace_method(asyncio.timer_handle, "cancel", &methods[3]))) &&
           (original_run = replace_method(asyncio.handle, "_run", &methods[0])) &&
           (original_cancel = replace_method(asyncio.handle, "cancel", &methods[1])) &&
           (original_exception_handler = replace_method(asyncio.loop, "call_exception_handler", &handler_method)) &&
           (!asyncio.replaced || (original_init = replace_method(asyncio.handle, "__init__", &methods[2])));
}
