// SPDX-License-Identifier: MIT
/* Eager tasks (3.12): the first step runs inside the task's __init__, before any handle is made for it. */
#include "asyncio.h"
#include "kinds.h"

enum { TYPE_WORDS = 64 }; /* a PyTypeObject has no fewer in any version, counting those of a heap type */

static initproc original_init;
static PyObject *original_python_init;

/* Returns whether the loop that a task is made for runs: an eager step needs that. */
static bool runs(PyObject *loop) {
    PyObject *const running = loop && loop != Py_None ? PyObject_CallMethod(loop, "is_running", NULL) : NULL;
    if (!running) PyErr_Clear();
    Py_XDECREF(running);
    return running == Py_True;
}

/* Begins the first step of a task if it is an eager one, as what it was given says; else returns NULL. */
static Step *begin(PyObject *task, PyObject *coroutine, PyObject *eager, PyObject *loop, PyObject *name) {
    if (!recording || !coroutine || eager != Py_True || !runs(loop)) return NULL;
    if (Py_TYPE(coroutine) != &PyCoro_Type && Py_TYPE(coroutine) != &PyGen_Type) return NULL;
    say_loop(loop);
    const uint32_t number = make_task(task, coroutine, name && name != Py_None ? name : NULL, START_eager);
    Step *const step = number ? push_step(task) : NULL;
    if (!step) return NULL;
    step->number = number;
    begin_run(step, NULL, 0);
    return step;
}

/* tp_init of C's Task. */
static int task_init(PyObject *task, PyObject *args, PyObject *options) {
    PyObject *const coroutine = PyTuple_Size(args) > 0 ? PyTuple_GetItem(args, 0) : NULL;
    Step *const step = options ? begin(task, coroutine, PyDict_GetItemString(options, "eager_start"), PyDict_GetItemString(options, "loop"),
                                       PyDict_GetItemString(options, "name"))
                               : NULL;
    const int result = original_init(task, args, options);
    if (step) end_run(step, NULL);
    return result;
}

/* Returns the value of a keyword of a METH_FASTCALL call, borrowed, or NULL. */
static PyObject *keyword(PyObject *const *arguments, Py_ssize_t size, PyObject *names, const char *name) {
    for (Py_ssize_t at = 0; names && at < PyTuple_Size(names); at++)
        if (PyUnicode_CompareWithASCIIString(PyTuple_GetItem(names, at), name) == 0) return arguments[size + at];
    return NULL;
}

/* __init__ of the class of tasks that is written in Python. */
static PyObject *python_task_init(PyObject *task, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    Step *const step = begin(task, size > 0 ? arguments[0] : NULL, keyword(arguments, size, names, "eager_start"),
                             keyword(arguments, size, names, "loop"), keyword(arguments, size, names, "name"));
    PyObject *const result = call_with_self(original_python_init, task, arguments, size, names);
    if (step) end_run(step, NULL);
    return result;
}

static PyMethodDef method = FAST_METHOD("__init__", python_task_init);

/* Returns where a type holds its tp_init, or NULL: C calls it without a look-up of __init__. */
static initproc *slot_of_init(PyTypeObject *type) {
    initproc found;
    *(void **)&found = PyType_GetSlot(type, Py_tp_init);
    PyErr_Clear();
    for (size_t at = 2; found && at < TYPE_WORDS; at++)
        if (((initproc *)type)[at] == found) return &((initproc *)type)[at];
    return NULL;
}

bool install_eager_tasks(void) {
    PyObject *const eager = look_up("asyncio", "eager_task_factory");
    PyErr_Clear();
    Py_XDECREF(eager);
    if (!eager) return true;
    if (asyncio.python_task != asyncio.task) {
        initproc *const slot = slot_of_init(asyncio.task);
        if (slot) {
            original_init = *slot;
            *slot = task_init;
        }
    }
    return (original_python_init = replace_method(asyncio.python_task, "__init__", &method)) != NULL;
}
