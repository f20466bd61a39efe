// SPDX-License-Identifier: MIT
/* What the recorder has learned of this CPython's asyncio when it was installed. */
#ifndef LOOPSCOPE_RECORDER_ASYNCIO_H
#define LOOPSCOPE_RECORDER_ASYNCIO_H

#include "recorder.h"

/* A slot of a Handle: where it is, or, where it was not found, what it is called. */
typedef struct {
    Py_ssize_t at; /* bytes; 0: not found */
    PyObject **name;
} Slot;

typedef struct {
    PyTypeObject *handle, *timer_handle, *loop, *future, *task, *python_task, *gathering, *deque, *partial;
    Slot callback, args, context, handle_loop, cancelled, repr, source_traceback; /* of a Handle */
    Slot when, scheduled;                                                          /* of a TimerHandle as well */
    PyTypeObject *step, *wakeup; /* C's callbacks of a task, each with the task in its third word; NULL where it has another form */
    PyCFunction wakeup_function;            /* or a bound C function */
    PyObject *python_step, *python_wakeup;  /* or a bound method of the class that is written in Python */
    PyCFunction task_done, task_cancelled, task_get_coro, task_get_name; /* C's methods, called without a look-up; NULL where they are not C's */
    PyCFunction deque_append;
    Py_ssize_t local_at; /* where a suspended coroutine, or its frame, holds its first local variable; 0: not known */
    bool local_in_coroutine;
    PyObject *format_callback; /* format_helpers._format_callback_source */
    PyObject *cancelled_error; /* asyncio.CancelledError */
    Code *set_result;          /* of futures._set_result_unless_cancelled, with which a sleep ends */
    bool format_wants_debug;   /* it takes `debug` (3.13) */
    bool replaced;             /* methods were replaced, not wrapped */
} Asyncio;

extern Asyncio asyncio;

/* Learns all of it from asyncio and from samples, the module of that name. Returns false with an exception. */
bool learn_asyncio(PyObject *samples);

/* Unlearns where things are in memory, as of a version of which that is not known: they are looked up by their names from here on. */
void forget_layout(void);

/* Returns `module.name…` with dots between, a new reference; NULL with an exception. */
PyObject *look_up(const char *module, const char *path);

/* hooks.c: returns whether a class's method is a function of asyncio's own module, and not another tool's. */
bool is_asyncios(PyTypeObject *type, const char *name, const char *module);

/* learn.c: returns what a bound method of C code calls, if it takes its arguments in that way; else NULL. */
PyCFunction function_of(PyObject *object, const char *name, int flags);

/* meanings.c: tells code_of what asyncio's own functions mean. */
void learn_meanings(void);

/* Returns the slot's value, a new reference; NULL, without an exception, where it is not set. */
static inline PyObject *slot_value(PyObject *handle, const Slot *slot) {
    PyObject *value;
    if (slot->at) {
        value = *(PyObject **)((char *)handle + slot->at);
        Py_XINCREF(value);
    } else {
        value = PyObject_GetAttr(handle, *slot->name);
        if (!value) PyErr_Clear();
    }
    return value;
}

/* ---- callables.c ---- */

/* Returns the task whose step `callback` is, borrowed, or NULL. `is_step`: its step as such, and not the wake-up by a future. */
PyObject *task_of_callback(PyObject *callback, bool *is_step);

/* Finds a callback's name and Callback, of a handle that is no task's. */
void describe_callback(PyObject *callback, uint32_t *name, unsigned *kind);

/* ---- tasks.c ---- */

/* Returns a task's number; one that was not seen yet is written as made, with parent and line as they are now. */
uint32_t number_of_task(PyObject *task);

/* Returns the number of a task whose step is asked for with call_soon. Outside of its own step that is the first of a new task, and `*made` is set:
   its address may be one that a task had that was destroyed while it was pending. */
uint32_t number_of_starting_task(PyObject *task, bool *made);

/* Forgets a task that is done. */
void end_task(PyObject *task, uint32_t number);

/* Returns whether the object is a task. */
static inline bool is_task(PyObject *object) {
    PyTypeObject *const type = Py_TYPE(object);
    return type == asyncio.task || PyType_IsSubtype(type, asyncio.task) || PyType_IsSubtype(type, asyncio.python_task);
}

/* Writes a task as made: `start` is trace's Start; coroutine and name may be NULL. Returns its number. */
uint32_t make_task(PyObject *task, PyObject *coroutine, PyObject *name, unsigned start);

/* Return new references, or NULL without an exception: the task's coroutine; what left it. */
PyObject *coroutine_of(PyObject *task);
PyObject *exception_of_task(PyObject *task);

/* Returns whether a future was cancelled; whether the task's next step throws CancelledError because it was cancelled when it waited for nothing. */
bool is_cancelled(PyObject *future);
bool must_cancel_now(PyObject *task);

/* How a task that has run a step is: 0 pending, else SPOOL_RAN_RESULT, …_EXCEPTION, …_CANCELLED. */
unsigned outcome_of_task(PyObject *task);

/* ---- suspension.c ---- */

/* Writes what the running task waits for. Returns what its `ran` says: its line, and SPOOL_RAN_YIELDS or SPOOL_RAN_WAITS. */
uint32_t suspend(Step *step);

/* ---- exceptions.c ---- */

/* Returns the number of an exception type's name. */
uint32_t number_of_exception(PyObject *exception);

/* Writes what an exception said, if it is a builtin one whose text takes no code of the user's. */
void record_message(PyObject *exception);

/* ---- loops.c ---- */

/* Returns a loop's number, having written it if it is new. */
uint32_t number_of_loop(PyObject *loop);

/* Writes which loop the next ready, wake, io, timer and task are of, where it is another one than before. */
void say_loop(PyObject *loop);

/* Writes that the iteration begins which the handle is the first of. */
void begin_iteration(PyObject *loop, PyObject *first_handle);

/* ---- handles.c, scheduling.c, timers.c, gate.c, clock.c ---- */

/* A handle's name in records. */
static inline uint32_t low_half(const PyObject *handle) { return (uint32_t)(uintptr_t)handle; }
static inline uint32_t high_half(const PyObject *handle) { return (uint32_t)((uintptr_t)handle >> 32) & 0xffff; }

/* Returns a new Handle without asking its class, which is known. NULL with an exception. */
PyObject *make_handle(PyObject *callback, PyObject *args, PyObject *loop, PyObject *context);

/* Returns a new TimerHandle in the same way; its slots must be known. NULL with an exception. */
PyObject *make_timer(PyObject *when, PyObject *callback, PyObject *args, PyObject *loop, PyObject *context);

/* Sets a slot that is known. */
void set_slot(PyObject *handle, const Slot *slot, PyObject *value);

/* Which of a loop class's methods are asyncio's own, or ours in their place. */
typedef struct {
    PyTypeObject *type;
    bool schedules, starts_timers, counts_cancelled, says_debug, has_time;
} LoopClass;

/* Returns what is known of a loop's class. Good until the next call. */
const LoopClass *loop_class_of(PyObject *loop);

/* Returns whether an object's attribute is False; where it cannot be told, it is not. */
bool is_false(PyObject *object, PyObject *name);

/* Returns a new tuple of arguments; NULL with an exception. */
PyObject *tuple_of(PyObject *const *arguments, Py_ssize_t size);

/* Returns whether the only keyword is `context`, or there is none. */
bool takes_context(PyObject *names);

/* Appends a handle to a ready queue. Returns false with an exception. */
bool append_to(PyObject *ready, PyObject *handle);

/* An exception that a signal handler raised while the program stood at the gate. The handle must not be lost: it runs, and then this is raised. */
typedef struct {
    PyObject *type, *exception, *traceback;
} Interrupt;

/* Waits for a permit, where the gate is closed. Returns whether `leave_handle` is to be called once the handle has run. */
bool pass_gate(Interrupt *interrupt);

/* The handle that came through has run; `is_left_by_exception`: what leaves it ends its loop. */
void leave_handle(bool is_left_by_exception);

/* Returns what the handle returned, or raises what came before it. */
PyObject *after_interrupt(Interrupt *interrupt, PyObject *result);

/* Writes that a handle becomes ready. A task's bare yield in its own step is told by its `ran`. `copies`: a callback runs in a copy of the context. */
void announce(PyObject *loop, PyObject *callback, PyObject *handle, bool copies);

/* Writes that a timer starts; `arguments` are those of `call`, call_at or call_later, of which `deadline` was made. A sleep's is kept for its step. */
void announce_timer(const char *call, PyObject *loop, PyObject *handle, uint64_t deadline, PyObject *const *arguments, Py_ssize_t size, PyObject *names);

/* Writes that a timer is in the snapshot of the iteration that begins. */
void record_due(PyObject *handle);

/* Returns whether a call that may be given a context was given none, so that it copies the current one. */
bool copies_context(PyObject *const *arguments, Py_ssize_t size, PyObject *names);

/* Returns whether a loop is in debug mode: asyncio's own say it without a call. */
bool debugs(PyObject *loop);

/* How a callback ended. */
typedef struct {
    unsigned outcome;    /* SPOOL_RAN_… */
    uint32_t name;       /* of the exception's type */
    PyObject *exception; /* owned */
} Ended;

/* Returns how a callback ended that an exception has left, which is taken over. */
Ended ended_by(PyObject *exception);

/* Looks at the exception that a callback has left set, and leaves it. */
Ended look_at_error(void);

/* Returns a step of a task, or of a callback: NULL; it holds the task. Not on the C stack, of which greenlets take pieces away. Returns NULL without
   memory. */
Step *push_step(PyObject *task);

/* Writes that a handle runs, or, without one, the step of an eager task; it is the thread's innermost from here on. */
void begin_run(Step *step, PyObject *handle, uint32_t flags);

/* Writes that it has run, as the task is, or the callback ended. An exception that is set stays set. */
void end_run(Step *step, const Ended *ended);

/* ---- connections.c ---- */

/* Returns the transport that reads what has come if `callback` runs, borrowed; NULL: none does. */
PyObject *transport_that_reads(PyObject *callback);

/* Writes that a request of a transport's connection is taken, right behind its `run`; nothing where it is no server's. */
void record_serve(PyObject *transport);

/* loops.c: follow_schedule() */
PyObject *module_follow_schedule(PyObject *module, PyObject *nothing);

/* choices.c: begin_choices(given, seed), choose(freedom, alternatives) -> int, shuffled(freedom, items) -> list, choices() -> list */
extern PyMethodDef choice_functions[];

/* Returns a new list of the items of a sequence in an order that is chosen; NULL with an exception. */
PyObject *shuffled(unsigned freedom, PyObject *items);

/* timers.c: first_deadline(scheduled) -> int, take_due(scheduled, ready, now, ties) */
extern PyMethodDef timer_functions[];

extern bool follows_schedule; /* timers that are due are told by `due`, and a run must tell what another one of its schedule does */

/* task_names.c: learn_task_names(make) -> bool, number_task_names(last) */
extern PyMethodDef task_name_functions[];

/* uvloop.c: install_uvloop(class) -> a sentence to be said, or "" */
PyObject *module_install_uvloop(PyObject *module, PyObject *type);

bool install_handles(void), install_scheduling(void), install_timers(void), install_eager_tasks(void), install_loops(void), install_tasks(void);
bool install_jobs(void), install_clock(void), install_queues(void), install_connections(void), install_descriptors(void);

#endif
