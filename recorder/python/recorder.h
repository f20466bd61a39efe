// SPDX-License-Identifier: MIT
/* What the C files of `_loopscope`, the recorder for CPython 3.8 and later, share.

   One binary serves all versions: what is outside of the limited API of 3.8 is declared in cpython.h. All functions here want the GIL, and
   none leaves an exception set unless it says so. No reference is ever kept to a task, future, handle or value: a recorder must not make
   objects live longer. */
#ifndef LOOPSCOPE_RECORDER_H
#define LOOPSCOPE_RECORDER_H

#define Py_LIMITED_API 0x03080000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "../spool_writer.h"
#include "cpython.h"
#include "names.h"

/* ---- spool.c: appending records ---------------------------------------------------------------------------------------- */

extern Spool spool; /* its head is NULL before the recording began and in a forked child */

/* Records are written: false before the recording began, after it was stopped, in a forked child. */
#define recording (spool.writes)

/* Creates the file and begins the recording. `about` is lines of UTF-8; `flags` the head page's; `limit` bytes of records, 0 for no limit. A
   process that has one already, its parent's, begins anew with all numbers. Returns false with errno. */
bool open_spool(const char *path, const char *about, uint32_t flags, uint64_t limit);

/* Appends a record, stamped with the time as it is now. Says the thread first where another one wrote last. */
void record(unsigned kind, uint32_t subject, uint32_t a, uint32_t b);

/* Appends a record with the stamp of the one before: for what belongs to it. Only right behind a `record` of the same thread. */
void record_also(unsigned kind, uint32_t subject, uint32_t a, uint32_t b);

/* Appends a record of what happens inside a step again and again, such as a read: it may have the time of the record before, if that is less
   than a tick of the kernel's coarse clock ago (1 to 10 ms). */
void record_within(unsigned kind, uint32_t subject, uint32_t a, uint32_t b);

/* Makes a forked child silent, unless it was told to share: its parent's pages are the parent's alone. */
void leave_spool_to_parent(void);

/* Lets a child that is forked from here on write on in this spool, or not. The parent waits for its end, and then calls restart_spool. */
void share_spool_with_child(bool shares);

/* Ends a run of a program that will run again: nothing is recorded until restart_spool, and nothing of the run is kept. No step of the calling thread
   may be under way. */
void forget_run(void);

/* Does that, and begins the recording of another run at the first record of the spool that is open, with all numbers anew: no file is made, and nothing is mapped
   where the window is still the first. Returns false with errno. */
bool restart_spool(void);

/* Returns the nanoseconds on the recording's clock: the standing clock less its value at the beginning, or the virtual clock's. */
uint64_t recording_time(void);

/* Returns where on the recording's clock `seconds` of the loop's clock are, rounded to nanoseconds; 0 for what was before. */
uint64_t on_recording_clock(double seconds);

/* ---- clock.c ------------------------------------------------------------------------------------------------------------- */

/* Returns what a clock of the kernel's says. */
uint64_t nanoseconds(clockid_t clock);

/* Return the nanoseconds of CLOCK_MONOTONIC, of CLOCK_MONOTONIC_COARSE, less those for which the program was paused. */
uint64_t standing_clock(void);
uint64_t standing_clock_coarse(void);

/* Have that clock stand, where the recording is a live one, and run again. */
void stop_clock(void);
void resume_clock(void);

/* ---- gate.c ---------------------------------------------------------------------------------------------------------------- */

/* Has SIGINT, SIGTERM and SIGHUP open the gate, those that have a handler; to be called again as programs set others. */
void watch_signals(void);

/* Lets the program run freely from here on, if it does not: it ends. Safe in a handler of a signal. */
void open_gate_for_good(void);

/* Nobody stands, and nobody was let through: for a forked child. */
void forget_gate(void);

/* ---- texts.c: strings and their numbers ---------------------------------------------------------------------------------- */

/* Return a string's number, writing it where it was not written before. Lone surrogates are kept ("surrogatepass"). */
uint32_t number_of_utf8(const char *text, Py_ssize_t size);
uint32_t number_of_text(PyObject *text); /* an exact str, or a subclass, of which the str is taken */

/* Returns the number of a value's text: what str() says of an exact str, bytes, int, float, bool or None, `<Type #n>` of others, so that no
   code of the user's runs. */
uint32_t number_of_value(PyObject *value);

/* Returns the number of a type's name, without asking its metaclass. */
uint32_t number_of_type_name(PyTypeObject *type);

/* ---- objects.c: numbers of objects that are not tasks ---------------------------------------------------------------------- */

/* Returns an object's number. A dead object's address that comes again is told apart where the object can be weakly referenced. */
uint32_t object_number(PyObject *object);

/* Returns whether the object at an address, which may have died, lives and has that number. */
bool has_number(const PyObject *object, uint32_t number);

/* ---- threads.c ------------------------------------------------------------------------------------------------------------ */

/* A step or callback that runs, in a list, as loops may be nested. */
typedef struct Step {
    struct Step *outer;
    PyObject *task;        /* owned; NULL for a callback */
    uint32_t number;       /* the task's, 0 for a callback */
    PyObject *handle;      /* of the callback; only compared */
    PyObject *failed;      /* what left the callback where asyncio's own _run has caught it, owned */
    PyObject *sleeper;     /* the future that the step's last call_later for a sleep will set; only compared */
    uint64_t sleep_handle; /* and that timer's handle */
} Step;

enum { READS = 4 };

typedef struct {
    uint32_t number;           /* 0: has not written yet */
    uint32_t name;             /* number of its name's text */
    Step *step;                /* innermost that runs, NULL: none */
    PyObject *fresh_loop;      /* a loop that is about to begin an iteration here; only compared */
    uint32_t handles;          /* that the gate has let through and that have not ended, inside each other */
    PyObject *reads[READS];    /* exact strs that the last `get`s have returned since the last handle began, owned; NULL from some place on */
    uint8_t oldest_read;       /* which of them is replaced next, where there is no place left */
    bool in_job;               /* an executor's job runs here, which was told */
} Thread;

/* Of the calling thread. Found by one instruction: a library that is loaded later has room for that much (glibc, rtld.optional_static_tls). */
extern __thread Thread here __attribute__((tls_model("initial-exec")));

/* Gives the calling thread its number and finds its name. */
void number_thread(void);

/* Notes what a `get` has returned, for what is printed after it. A str keeps nothing else alive and nobody can tell when it goes, so it is held. */
static inline void note_read(PyObject *value) {
    if (Py_TYPE(value) != &PyUnicode_Type) return;
    Thread *const thread = &here;
    int at = 0;
    while (at < READS && thread->reads[at] && thread->reads[at] != value) at++;
    if (at < READS && thread->reads[at]) return;
    if (at == READS) at = thread->oldest_read++ % READS;
    PyObject *const before = thread->reads[at];
    Py_INCREF(value);
    thread->reads[at] = value;
    Py_XDECREF(before);
}

/* Forgets what was read: another handle begins. */
static inline void forget_reads(void) {
    Thread *const thread = &here;
    for (int at = 0; at < READS && thread->reads[at]; at++) Py_CLEAR(thread->reads[at]);
}

/* ---- tasks.c ---------------------------------------------------------------------------------------------------------------- */

/* Return the running task of the calling thread: its number, or 0; the object, borrowed, or NULL. */
static inline uint32_t current_task(void) { return here.step ? here.step->number : 0; }
static inline PyObject *current_task_object(void) { return here.step ? here.step->task : NULL; }

/* Returns the number of a task that was seen, or 0. */
uint32_t task_number(PyObject *task);

/* ---- codes.c, lines.c: what is known of a code object, and places in files ------------------------------------------------------------ */

typedef enum { LINES_NONE, LINES_USER, LINES_ALL } Lines;
extern Lines lines_mode;

enum { PLACES = 8 }; /* a power of two */

typedef struct {
    PyObject *code;          /* owned: code objects are few, and an address that came again would be taken for it */
    uint32_t name;           /* number of its qualified name; 0: not asked yet */
    uint32_t short_name;     /* number of its own name; 0: not asked yet */
    uint32_t file;           /* number of its file; 0: not said yet */
    bool is_user;
    uint8_t callback;        /* trace's Callback of a handle that runs a function of this code */
    uint8_t wait;            /* trace's Wait of a task that stands in a coroutine of this code; NO_WAIT: it does not say */
    int8_t local;            /* and the argument that it waits for; -1: its future */
    bool is_loop;            /* it runs handles: who looks for a caller inside one looks no further */
    bool outranks;           /* and says more than the coroutine that it awaits in turn */
    struct {
        int at, line;
    } places[PLACES];        /* where frames of it were asked last, by PyFrame_GetLasti, and the lines that these are; 0: not asked */
    uint8_t future;          /* trace's Wait of a task that waits for a future that has a callback of this code; NO_WAIT */
} Code;
enum { NO_WAIT = 0xff };

/* Returns what is known of a code object; never NULL but without memory. Good until forget_codes, if nobody else has the code then. */
Code *code_of(PyObject *code);

/* Returns the number of a code's qualified name. */
uint32_t code_name(Code *code);

/* Returns the number of a code's own name, without the classes and functions that it stands in. */
uint32_t code_short_name(Code *code);

/* Returns whether lines of this file are recorded. */
bool is_users_file(PyObject *filename);

/* Says which files are the user's: all but those below the paths of a tuple of str. Returns false with an exception. */
bool set_lines(Lines mode, PyObject *libraries);

/* Returns the line of the innermost frame that is in one of the user's files, having written which file where it is another one than of the
   line before; 0 where there is none, or lines are not recorded. */
uint32_t line_of_caller(void);

/* Does what line_of_caller does, and sets `*call` to the number of the name of the function that that line has called, where it is one of a library's. */
uint32_t line_of_call(uint32_t *call);

/* Writes that what was written before runs in a copy of the current context; `call` made it, unless the stack tells a better name. */
void record_copy(const char *call);

/* Returns `line` of a file that is known by its name, having written which file; 0 where it is not the user's, or lines are not recorded. */
uint32_t line_in(PyObject *filename, int line);

/* Returns the line that a frame of this code stands at. */
int line_of_frame(PyObject *frame, Code *code);

/* Returns `line` of a code that is the user's, having written which file. */
uint32_t line_in_code(Code *code, int line);

/* ---- variables.c ------------------------------------------------------------------------------------------------------------------------ */

extern PyMethodDef variable_methods[];
bool variables_begin(PyObject *module); /* false with an exception */

extern int64_t virtual_ns;   /* what the virtual clock says, or -1: the time is real */
extern bool switch_waits;    /* a switch of --switch is to come: before_handle makes it when its time has come */
void before_handle(PyObject *loop);
void task_is_made(PyObject *task, uint32_t number, PyObject *parent); /* inherits what the storages carry; parent: NULL for a root */
void task_is_done(PyObject *task, uint32_t number);

/* ---- for a process that opens a second spool ------------------------------------------------------------------------------------- */

void forget_texts(void), forget_threads(void), forget_objects(void), forget_codes(void), forget_files(void), forget_tasks(void), forget_loops(void);
void forget_queues(void), forget_connections(void), forget_loop_classes(void);

/* ---- for a program that runs again in this process ------------------------------------------------------------------------------------ */

/* Forgets what the calling thread was running, which an exception of ours has cut off. */
void forget_running(void);

/* Forgets the variables of the run that is over, and what was in those that stay: watched ones and aiotask_context's keys. */
void drop_variables(void);

/* ---- hooks.c ------------------------------------------------------------------------------------------------------------------------------ */

/* Replaces attribute `name` of a type, also of a built-in one, by a C method. Returns what was there before, a new reference, or NULL with an
   exception. */
PyObject *replace_method(PyTypeObject *type, const char *name, PyMethodDef *method);

/* Calls a function with one argument before those of a C method that was called with METH_FASTCALL | METH_KEYWORDS. */
PyObject *call_with_self(PyObject *function, PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names);

/* A method that is called with METH_FASTCALL | METH_KEYWORDS. */
#define FAST_METHOD(name, function) {name, (PyCFunction)(void (*)(void))function, METH_FASTCALL | METH_KEYWORDS, NULL}

extern PyMethodDef install_functions[], output_functions[];

#endif
