// SPDX-License-Identifier: MIT
/* What is said of exceptions: the type, and, where no code of the user's has to run for it, the message. */
#include "asyncio.h"

uint32_t number_of_exception(PyObject *exception) { return number_of_type_name(Py_TYPE(exception)); }

static bool is_plain(PyObject *value) {
    return PyUnicode_CheckExact(value) || PyLong_CheckExact(value) || PyFloat_CheckExact(value) || PyBytes_CheckExact(value) ||
           PyBool_Check(value) || value == Py_None;
}

/* Returns whether str() of a builtin exception meets nothing but plain values: its arguments, and the file names of an OSError. */
static bool says_plain_values(PyObject *exception) {
    PyObject *const arguments = PyObject_GetAttrString(exception, "args");
    bool plain = arguments && PyTuple_CheckExact(arguments);
    for (Py_ssize_t at = 0; plain && at < PyTuple_Size(arguments); at++) plain = is_plain(PyTuple_GetItem(arguments, at));
    Py_XDECREF(arguments);
    const char *const names[] = {"filename", "filename2"};
    const bool is_os_error = PyObject_TypeCheck(exception, (PyTypeObject *)PyExc_OSError);
    for (int at = 0; plain && is_os_error && at < 2; at++) {
        PyObject *const name = PyObject_GetAttrString(exception, names[at]);
        plain = name && is_plain(name);
        Py_XDECREF(name);
    }
    PyErr_Clear();
    return plain;
}

void record_message(PyObject *exception) {
    if (!recording || PyType_GetFlags(Py_TYPE(exception)) & Py_TPFLAGS_HEAPTYPE || !says_plain_values(exception)) return;
    PyObject *const text = PyObject_Str(exception);
    if (text && PyUnicode_GetLength(text) > 0) {
        const uint32_t number = number_of_text(text);
        record(SPOOL_MESSAGE, 0, number, 0);
    }
    PyErr_Clear();
    Py_XDECREF(text);
}
