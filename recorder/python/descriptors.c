// SPDX-License-Identifier: MIT
/* What a selector's loop calls for a descriptor: _add_reader and _add_writer make a Handle, which keeps a copy of the context and is called again and
   again. Follows Lib/asyncio/selector_events.py of CPython 3.8 to 3.13. */
#include "asyncio.h"

#include <string.h>

static PyObject *original_add_reader, *original_add_writer;

/* Returns whether a callback is a step of one of the loop's own sock_… methods, in which nothing of the program's runs. */
static bool is_of_socket(PyObject *loop, PyObject *callback) {
    if (Py_TYPE(callback) != &PyMethod_Type || PyMethod_Self(callback) != loop) return false;
    PyObject *const name = PyObject_GetAttrString(callback, "__name__");
    const char *const text = name && PyUnicode_Check(name) ? PyUnicode_AsUTF8AndSize(name, NULL) : NULL;
    const bool is = text && !strncmp(text, "_sock_", 6);
    PyErr_Clear();
    Py_XDECREF(name);
    return is;
}

/* Returns the handle that a loop's selector keeps for a descriptor, the first or second of two; a new reference, or NULL with no exception. 3.8's
   methods return nothing. */
static PyObject *kept_handle(PyObject *loop, PyObject *descriptor, Py_ssize_t which) {
    PyObject *const selector = PyObject_GetAttrString(loop, "_selector");
    PyObject *const key = selector ? PyObject_CallMethod(selector, "get_key", "O", descriptor) : NULL;
    PyObject *const data = key ? PyObject_GetAttrString(key, "data") : NULL;
    PyObject *const handle = data ? PySequence_GetItem(data, which) : NULL;
    PyErr_Clear();
    Py_XDECREF(data);
    Py_XDECREF(key);
    Py_XDECREF(selector);
    return handle;
}

static PyObject *add(PyObject *original, Py_ssize_t which, const char *call, PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const result = call_with_self(original, loop, arguments, size, names);
    if (!result || !recording || size < 2 || is_of_socket(loop, arguments[1])) return result;
    PyObject *handle = result;
    if (PyObject_TypeCheck(result, asyncio.handle)) Py_INCREF(handle);
    else handle = kept_handle(loop, arguments[0], which);
    if (handle) {
        record(SPOOL_DESCRIPTOR, 0, low_half(handle), high_half(handle));
        record_copy(call);
    }
    Py_XDECREF(handle);
    return result;
}

static PyObject *add_reader(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return add(original_add_reader, 0, "add_reader", loop, arguments, size, names);
}

static PyObject *add_writer(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    return add(original_add_writer, 1, "add_writer", loop, arguments, size, names);
}

static PyMethodDef methods[] = {FAST_METHOD("_add_reader", add_reader), FAST_METHOD("_add_writer", add_writer)};

bool install_descriptors(void) {
    PyTypeObject *const selector = (PyTypeObject *)look_up("asyncio.selector_events", "BaseSelectorEventLoop");
    const bool installed = selector && (original_add_reader = replace_method(selector, "_add_reader", &methods[0])) &&
                           (original_add_writer = replace_method(selector, "_add_writer", &methods[1]));
    Py_XDECREF(selector);
    return installed;
}
