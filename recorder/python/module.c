// SPDX-License-Identifier: MIT
/* The module `_loopscope`.

   open(path, about, flags, limit)            creates the spool `path`; about: lines of text for its head page; flags: SPOOL_VIRTUAL, SPOOL_LINES,
                                              SPOOL_LIVE, SPOOL_PAUSED; limit: bytes, 0: none. OSError. May be called again in a forked child: all
                                              numbers begin anew
   install(lines, library, samples) -> str    hooks asyncio, which must be imported. lines: 0 none, 1 the user's files, 2 all; library: tuple of
                                              folders whose files are not the user's; samples: the module of that name. "" or a sentence to be
                                              said. With LOOPSCOPE_WRAP in the environment methods are wrapped, as of an unknown version
   install_uvloop(class) -> str               hooks uvloop's class of loops, once asyncio is hooked. "" or a sentence to be said
   output(stream, descriptor)                 records what is written to a text stream, by a `write` on the instance
   lead_nowhere(leads)                        whether such streams lead to /dev/null, where nothing need be written
   current() -> int                           the running task's number, 0: none
   task(task) -> int                          a task's number, 0: not seen
   count() -> int                             records so far
   begin_choices(given, seed)                 a run begins to choose: at each point the alternative that the dict `given` has for its number, else 0,
                                              which is asyncio's own; or, where seed is an int of 64 bits and not None, all at random
   choose(freedom, alternatives) -> int       chooses one of two or more alternatives, and writes SPOOL_CHOICE
   shuffled(freedom, items) -> list           the items in an order that is chosen: for each place with two or more left, which comes next
   choices() -> list                          what was chosen since the run began
   follow_schedule()                          the program runs under a schedule: timers that are due are told, and not looked for in the ready queue, and
                                              nothing is told that differs each time, as the ports of clients
   first_deadline(scheduled) -> int           of a loop's heap of timers, in nanoseconds; NEVER of virtual_clock.py where there is none
   take_due(scheduled, ready, now, ties)      moves the timers that are due at a time, in nanoseconds, to the ready queue, which is the snapshot of the
                                              iteration that begins next: those of an equal deadline in the order that is chosen, if `ties`
   silence()                                  nothing is recorded from here on, until `restart`
   forget()                                   as silence, and nothing is kept of the run, of which nothing is under way any more
   restart()                                  as forget, and another run is recorded, at the spool's first record, with all numbers anew. OSError
   share(shares)                              whether a child that is forked writes on in this spool, while this process waits for its end
   follow_parent()                            this process is killed when its parent ends
   finish(code, exception, ending, message)   the program is over; exception: name of its type, or "", message: what it said, or ""
   stop(why)                                  ends the recording; the program goes on

   and what variables.c has. Nothing is recorded any more once it was stopped, and in a forked child. */
#include "asyncio.h"

#include <signal.h>
#include <sys/prctl.h>

static PyObject *module_open(PyObject *module, PyObject *arguments) {
    (void)module;
    const char *path, *about;
    unsigned int flags = 0;
    unsigned long long limit = 0;
    if (!PyArg_ParseTuple(arguments, "ss|IK", &path, &about, &flags, &limit)) return NULL;
    if (!open_spool(path, about, flags, limit)) return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    Py_RETURN_NONE;
}

static PyObject *module_current(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    return PyLong_FromUnsignedLong(current_task());
}

static PyObject *module_task(PyObject *module, PyObject *task) {
    (void)module;
    return PyLong_FromUnsignedLong(task_number(task));
}

static PyObject *module_count(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    return PyLong_FromUnsignedLongLong(spool.head ? spool.head->published : 0);
}

static PyObject *module_finish(PyObject *module, PyObject *arguments) {
    (void)module;
    unsigned int code, ending;
    PyObject *type, *message;
    if (!PyArg_ParseTuple(arguments, "IO!IO!", &code, &PyUnicode_Type, &type, &ending, &PyUnicode_Type, &message)) return NULL;
    const uint32_t name = PyUnicode_GetLength(type) > 0 ? number_of_text(type) : 0;
    record(SPOOL_EXIT, code, name, ending);
    if (PyUnicode_GetLength(message) > 0) {
        const uint32_t text = number_of_text(message);
        record(SPOOL_MESSAGE, 0, text, 0);
    }
    Py_RETURN_NONE;
}

static PyObject *module_stop(PyObject *module, PyObject *why) {
    (void)module;
    const char *const sentence = PyUnicode_AsUTF8AndSize(why, NULL);
    if (!sentence) return NULL;
    spool_stop(&spool, sentence);
    Py_RETURN_NONE;
}

static PyObject *module_silence(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    recording = false;
    Py_RETURN_NONE;
}

static PyObject *module_forget_run(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    forget_run();
    Py_RETURN_NONE;
}

static PyObject *module_restart(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    if (!restart_spool()) return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

static PyObject *module_share(PyObject *module, PyObject *shares) {
    (void)module;
    share_spool_with_child(shares == Py_True);
    Py_RETURN_NONE;
}

static PyObject *module_follow_parent(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {{"open", module_open, METH_VARARGS, NULL},
                                  {"current", module_current, METH_NOARGS, NULL},
                                  {"task", module_task, METH_O, NULL},
                                  {"count", module_count, METH_NOARGS, NULL},
                                  {"follow_schedule", module_follow_schedule, METH_NOARGS, NULL},
                                  {"silence", module_silence, METH_NOARGS, NULL},
                                  {"forget", module_forget_run, METH_NOARGS, NULL},
                                  {"restart", module_restart, METH_NOARGS, NULL},
                                  {"share", module_share, METH_O, NULL},
                                  {"follow_parent", module_follow_parent, METH_NOARGS, NULL},
                                  {"finish", module_finish, METH_VARARGS, NULL},
                                  {"stop", module_stop, METH_O, NULL},
                                  {NULL, NULL, 0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_loopscope", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__loopscope(void) {
    PyObject *const module = intern_names() ? PyModule_Create(&definition) : NULL;
    if (!module) return NULL;
    if (!PyModule_AddFunctions(module, install_functions) && !PyModule_AddFunctions(module, output_functions) &&
        !PyModule_AddFunctions(module, variable_methods) && !PyModule_AddFunctions(module, task_name_functions) &&
        !PyModule_AddFunctions(module, choice_functions) && !PyModule_AddFunctions(module, timer_functions) && variables_begin(module))
        return module;
    Py_DECREF(module);
    return NULL;
}
