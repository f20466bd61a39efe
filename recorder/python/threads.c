// SPDX-License-Identifier: MIT
/* The threads that write, numbered in the order in which they do. */
#include "recorder.h"

#include <string.h>

__thread Thread here __attribute__((tls_model("initial-exec")));

static uint32_t last_number;

void forget_threads(void) { last_number = 0; }

/* Returns the number of the name that `threading` has for the calling thread, or 0. Asks neither `current_thread()`, which would make a
   _DummyThread of a thread that it does not know, nor a property, which may be a subclass's. */
static uint32_t name_of_this_thread(void) {
    uint32_t number = 0;
    PyObject *const threading = PyImport_GetModule(name_threading);
    PyObject *const active = threading ? PyObject_GetAttr(threading, name_active) : NULL;
    PyObject *const identity = PyLong_FromUnsignedLong(PyThread_get_thread_ident());
    PyObject *const thread = active && identity && PyDict_CheckExact(active) ? PyDict_GetItemWithError(active, identity) : NULL;
    PyObject *const name = thread ? PyObject_GenericGetAttr(thread, name_name) : NULL;
    if (name && PyUnicode_CheckExact(name)) number = number_of_text(name);
    Py_XDECREF(name);
    Py_XDECREF(identity);
    Py_XDECREF(active);
    Py_XDECREF(threading);
    PyErr_Clear();
    return number;
}

void number_thread(void) {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    here.number = ++last_number;
    here.name = name_of_this_thread();
    PyErr_Restore(type, value, traceback);
}
