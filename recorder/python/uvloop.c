// SPDX-License-Identifier: MIT
/* uvloop's loops, which are C: what they are given to call is put into an object that tells when it is called. They show neither iterations nor what
   I/O makes ready, so no `iteration` is written, and a timer is due as it runs. */
#include "asyncio.h"

#include <math.h>

typedef struct {
    PyObject_HEAD
    PyObject *callback;
    bool is_timer, has_run;
} Call;

enum { MOST = 30 }; /* arguments of a call that is recorded */

static PyTypeObject *call_type;
static PyObject *original_call_soon, *original_threadsafe, *original_call_later, *original_call_at, *original_stop;

static int call_traverse(PyObject *self, visitproc visit, void *arg) {
    Py_VISIT(((Call *)self)->callback);
    return 0;
}

static int call_clear(PyObject *self) {
    Py_CLEAR(((Call *)self)->callback);
    return 0;
}

/* A handle that was cancelled lets go of what it would have called. */
static void call_dealloc(PyObject *self) {
    Call *const call = (Call *)self;
    PyTypeObject *const type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    if (!call->has_run) record(SPOOL_HANDLE_CANCEL, 0, low_half(self), high_half(self) | (call->is_timer ? SPOOL_HANDLE_TIMER : 0));
    call_clear(self);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

static PyObject *call_repr(PyObject *self) { return PyObject_Repr(((Call *)self)->callback); }

static PyObject *call_getattro(PyObject *self, PyObject *name) { return PyObject_GetAttr(((Call *)self)->callback, name); }

static PyObject *call_call(PyObject *self, PyObject *args, PyObject *options) {
    Call *const call = (Call *)self;
    if (!recording) return PyObject_Call(call->callback, args, options);
    call->has_run = true;
    Interrupt interrupt = {NULL, NULL, NULL};
    const bool is_let_through = __atomic_load_n(&spool.head->gate, __ATOMIC_RELAXED) && pass_gate(&interrupt);
    bool is_step;
    Step *const step = push_step(task_of_callback(call->callback, &is_step));
    if (!step) return after_interrupt(&interrupt, PyObject_Call(call->callback, args, options));
    if (call->is_timer) record(SPOOL_DUE, 0, low_half(self), high_half(self) | SPOOL_HANDLE_TIMER);
    begin_run(step, self, call->is_timer ? SPOOL_HANDLE_TIMER : 0);
    PyObject *const result = PyObject_Call(call->callback, args, options);
    const Ended ended = result || step->task ? (Ended){SPOOL_RAN_RESULT, 0, NULL} : look_at_error();
    end_run(step, &ended);
    if (is_let_through) leave_handle(!result && (PyErr_ExceptionMatches(PyExc_SystemExit) || PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)));
    return after_interrupt(&interrupt, result);
}

static Call *make_call(PyObject *callback, bool is_timer) {
    Call *const call = (Call *)PyType_GenericAlloc(call_type, 0);
    if (!call) return NULL;
    Py_INCREF(callback);
    call->callback = callback;
    call->is_timer = is_timer;
    return call;
}

/* Hands a call on with an object of ours in place of its callback, the argument at `at`. */
static PyObject *hand_on(PyObject *original, PyObject *loop, Call *call, int at, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *own[MOST];
    const Py_ssize_t count = size + (names ? PyTuple_Size(names) : 0);
    for (Py_ssize_t each = 0; each < count; each++) own[each] = arguments[each];
    own[at] = (PyObject *)call;
    PyObject *const result = call_with_self(original, loop, own, size, names);
    Py_DECREF(call);
    return result;
}

/* Returns whether a call is one that can be recorded: its callback is the argument at `at`. call_at hands what it was given on to call_later, which
   has it as an object of ours. */
static bool fits(int at, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return recording && size > at && size + (names ? PyTuple_Size(names) : 0) <= MOST && PyCallable_Check(arguments[at]) &&
           Py_TYPE(arguments[at]) != call_type;
}

static PyObject *soon(PyObject *original, PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    Call *const call = fits(0, arguments, size, names) ? make_call(arguments[0], false) : NULL;
    if (!call) return PyErr_Occurred() ? NULL : call_with_self(original, loop, arguments, size, names);
    announce(loop, arguments[0], (PyObject *)call, copies_context(arguments, size, names));
    return hand_on(original, loop, call, 0, arguments, size, names);
}

static PyObject *call_soon(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return soon(original_call_soon, loop, arguments, size, names);
}

static PyObject *call_soon_threadsafe(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return soon(original_threadsafe, loop, arguments, size, names);
}

/* Returns the seconds from now until a timer, of a delay or of a time of the loop's clock. */
static double seconds_until(PyObject *loop, PyObject *when, bool is_delay) {
    PyObject *const now = is_delay ? NULL : PyObject_CallMethod(loop, "time", NULL);
    const double begin = now ? PyFloat_AsDouble(now) : 0.0, end = PyFloat_Check(when) || PyLong_Check(when) ? PyFloat_AsDouble(when) : 0.0;
    PyErr_Clear();
    Py_XDECREF(now);
    return end > begin ? fmin(end - begin, 9e9) : 0.0;
}

static PyObject *timer(PyObject *original, bool is_delay, PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    Call *const call = fits(1, arguments, size, names) ? make_call(arguments[1], true) : NULL;
    if (!call) return PyErr_Occurred() ? NULL : call_with_self(original, loop, arguments, size, names);
    const uint64_t deadline = recording_time() + (uint64_t)(seconds_until(loop, arguments[0], is_delay) * 1e9 + 0.5);
    announce_timer(is_delay ? "call_later" : "call_at", loop, (PyObject *)call, deadline, arguments, size, names);
    return hand_on(original, loop, call, 1, arguments, size, names);
}

static PyObject *call_later(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return timer(original_call_later, true, loop, arguments, size, names);
}

static PyObject *call_at(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return timer(original_call_at, false, loop, arguments, size, names);
}

static PyObject *stop(PyObject *loop, PyObject *nothing) {
    (void)nothing;
    if (recording) record(SPOOL_STOP, number_of_loop(loop), 0, 0);
    return call_with_self(original_stop, loop, NULL, 0, NULL);
}

static PyMethodDef methods[] = {FAST_METHOD("call_soon", call_soon), FAST_METHOD("call_soon_threadsafe", call_soon_threadsafe),
                                FAST_METHOD("call_later", call_later), FAST_METHOD("call_at", call_at), {"stop", stop, METH_NOARGS, NULL}};

static PyType_Slot slots[] = {{Py_tp_dealloc, call_dealloc}, {Py_tp_traverse, call_traverse}, {Py_tp_clear, call_clear}, {Py_tp_call, call_call},
                              {Py_tp_getattro, call_getattro}, {Py_tp_repr, call_repr}, {0, NULL}};
static PyType_Spec specification = {"_loopscope.Call", sizeof(Call), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, slots};

PyObject *module_install_uvloop(PyObject *module, PyObject *type) {
    (void)module;
    if (!PyType_Check(type)) return PyErr_Format(PyExc_TypeError, "a class of loops is needed");
    PyTypeObject *const loop = (PyTypeObject *)type;
    if (!call_type) call_type = (PyTypeObject *)PyType_FromSpec(&specification);
    if (!call_type || !(original_call_soon = replace_method(loop, "call_soon", &methods[0])) ||
        !(original_threadsafe = replace_method(loop, "call_soon_threadsafe", &methods[1])) ||
        !(original_call_later = replace_method(loop, "call_later", &methods[2])) ||
        !(original_call_at = replace_method(loop, "call_at", &methods[3])) || !(original_stop = replace_method(loop, "stop", &methods[4])))
        return NULL;
    return PyUnicode_FromString("the loop is uvloop's: its steps and timers are recorded, its iterations and I/O are not.");
}
