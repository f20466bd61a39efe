// SPDX-License-Identifier: MIT
/* What a callback is: a task's step, or a function with a name. No code of the user's runs: only exact types are asked. */
#include "asyncio.h"

PyObject *task_of_callback(PyObject *callback, bool *is_step) {
    PyTypeObject *const type = Py_TYPE(callback);
    if (type == asyncio.step) {
        *is_step = true;
        return ((PyObject **)callback)[2];
    }
    *is_step = false;
    if (type == &PyCFunction_Type)
        return asyncio.wakeup_function && PyCFunction_GetFunction(callback) == asyncio.wakeup_function ? PyCFunction_GetSelf(callback) : NULL;
    if (type == asyncio.wakeup) return ((PyObject **)callback)[2];
    if (type != &PyMethod_Type) return NULL;
    PyObject *const function = PyMethod_Function(callback);
    *is_step = function == asyncio.python_step;
    return *is_step || function == asyncio.python_wakeup ? PyMethod_Self(callback) : NULL;
}

/* Returns the function that a partial object or a bound method calls in the end, a new reference. */
static PyObject *innermost(PyObject *callback) {
    Py_INCREF(callback);
    for (int depth = 0; depth < 8; depth++) {
        PyObject *inner;
        if (Py_TYPE(callback) == asyncio.partial) {
            inner = PyObject_GetAttr(callback, name_func);
        } else if (Py_TYPE(callback) == &PyMethod_Type) {
            inner = PyMethod_Function(callback);
            Py_INCREF(inner);
        } else {
            break;
        }
        if (!inner) {
            PyErr_Clear();
            break;
        }
        Py_DECREF(callback);
        callback = inner;
    }
    return callback;
}

static uint32_t name_of_builtin(PyObject *function) {
    PyObject *const name = PyObject_GetAttr(function, name_qualname);
    const uint32_t number = name && PyUnicode_Check(name) ? number_of_text(name) : 0;
    if (!name) PyErr_Clear();
    Py_XDECREF(name);
    return number;
}

void describe_callback(PyObject *callback, uint32_t *name, unsigned *kind) {
    *name = *kind = 0;
    if (!recording) return;
    PyObject *const function = innermost(callback);
    Code *const code = Py_TYPE(function) == &PyFunction_Type ? code_of(PyFunction_GetCode(function)) : NULL;
    if (code) {
        *name = code_name(code);
        *kind = code->callback;
    } else if (PyCFunction_Check(function)) {
        *name = name_of_builtin(function);
    } else {
        *name = number_of_type_name(Py_TYPE(function));
    }
    Py_DECREF(function);
}
