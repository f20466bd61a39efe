// SPDX-License-Identifier: MIT
/* What the launcher calls of the variables and of the virtual clock, in the module `_loopscope`.

   virtual_time(seconds)         from now on the records have this time of a virtual clock, which begins at 0

   lines(mode, library)          whose lines are recorded: 0 none, 1 the user's files, 2 all; library: folders whose files are not the user's
   begin_variables(live, switches, watch, owner, copier)   hooks ContextVars and threading.local. live: all storages of all variables are kept;
                                                           switches, watch: see set_switches; owner: see `whose`; copier: see value_copier
   forget_variables()            after a second `open`
   unused_switches() -> list     names of --switch that no variable had
   new_key(name, storage) -> key           a key of aiotask_context, whose own storage that is
   key_wrote(key, value)                   it was set
   key_gone(key)                           it was taken out
   key_read(key, value, is_there) -> value     what the program sees; is_there: `value` is not the default

   and what watched.c has. */
#include "variables.h"


int64_t virtual_ns = -1;

static PyObject *module_virtual_time(PyObject *module, PyObject *seconds) {
    (void)module;
    const double time = PyFloat_AsDouble(seconds);
    if (PyErr_Occurred()) return NULL;
    virtual_ns = time > 0 ? (int64_t)(time * 1e9 + 0.5) : 0;
    Py_RETURN_NONE;
}

static PyObject *module_lines(PyObject *module, PyObject *arguments) {
    (void)module;
    int mode;
    PyObject *library;
    if (!PyArg_ParseTuple(arguments, "iO!", &mode, &PyTuple_Type, &library) || !set_lines((Lines)mode, library)) return NULL;
    Py_RETURN_NONE;
}

static PyObject *module_begin(PyObject *module, PyObject *arguments) {
    (void)module;
    int live, watch;
    PyObject *list, *owner, *copier;
    if (!PyArg_ParseTuple(arguments, "pO!pOO", &live, &PyList_Type, &list, &watch, &owner, &copier)) return NULL;
    if (!make_cells() || !set_switches(list, watch)) return NULL;
    everything_is_kept = live;
    set_owner_of(owner);
    Py_INCREF(copier);
    value_copier = copier;
    if (!hook_context_variables() || !hook_thread_locals()) return NULL;
    hook_contexts();
    Py_RETURN_NONE;
}

static PyObject *module_forget(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    forget_variables();
    Py_RETURN_NONE;
}

static PyObject *module_unused_switches(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    return unused_switches();
}

static PyObject *module_new_key(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *name;
    int storage;
    if (!PyArg_ParseTuple(arguments, "Ui", &name, &storage)) return NULL;
    Variable *const variable = new_variable(name, KIND_KEY, (Storage)storage, true);
    return variable ? PyLong_FromVoidPtr(variable) : PyErr_NoMemory();
}

static PyObject *module_key_wrote(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *key, *value;
    if (!PyArg_ParseTuple(arguments, "OO", &key, &value)) return NULL;
    Variable *const variable = PyLong_AsVoidPtr(key);
    if (!variable) return NULL;
    PyObject *const cell = record_set(variable, value, line_of_caller());
    put_cell(variable, cell);
    Py_XDECREF(cell);
    Py_RETURN_NONE;
}

static PyObject *module_key_gone(PyObject *module, PyObject *key) {
    (void)module;
    Variable *const variable = PyLong_AsVoidPtr(key);
    if (!variable) return NULL;
    put_cell(variable, NULL);
    Py_RETURN_NONE;
}

static PyObject *module_key_read(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *key, *value;
    int is_there;
    if (!PyArg_ParseTuple(arguments, "OOp", &key, &value, &is_there)) return NULL;
    Variable *const variable = PyLong_AsVoidPtr(key);
    if (!variable) return NULL;
    PyObject *const cell = is_there ? cell_in(variable, variable->own) : NULL;
    Py_INCREF(value);
    PyObject *const seen = answer(variable, value, cell, !is_there, line_of_caller());
    Py_XDECREF(cell);
    return seen;
}

PyMethodDef variable_methods[] = {{"virtual_time", module_virtual_time, METH_O, NULL},
                                  {"lines", module_lines, METH_VARARGS, NULL},
                                  {"begin_variables", module_begin, METH_VARARGS, NULL},
                                  {"forget_variables", module_forget, METH_NOARGS, NULL},
                                  {"unused_switches", module_unused_switches, METH_NOARGS, NULL},
                                  {"new_key", module_new_key, METH_VARARGS, NULL},
                                  {"key_wrote", module_key_wrote, METH_VARARGS, NULL},
                                  {"key_gone", module_key_gone, METH_O, NULL},
                                  {"key_read", module_key_read, METH_VARARGS, NULL},
                                  {NULL, NULL, 0, NULL}};

bool variables_begin(PyObject *module) { return !PyModule_AddFunctions(module, watched_functions); }
