// SPDX-License-Identifier: MIT
/* Putting C methods in the place of a class's, and all of asyncio's at once. */
#include "asyncio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEWEST = 13 }; /* the last 3.x whose methods are known to be what is put in their place */

/* Returns the dict of a type, which its `__dict__` only shows: what a mapping proxy refers to. */
static PyObject *dict_of(PyTypeObject *type) {
    PyObject *const gc = PyImport_ImportModule("gc");
    PyObject *const proxy = PyObject_GetAttrString((PyObject *)type, "__dict__");
    PyObject *const referents = gc && proxy ? PyObject_CallMethod(gc, "get_referents", "O", proxy) : NULL;
    PyObject *const dict = referents && PyList_Size(referents) == 1 ? PyList_GetItem(referents, 0) : NULL;
    if (dict && PyDict_CheckExact(dict)) Py_INCREF(dict);
    else if (!PyErr_Occurred()) PyErr_SetString(PyExc_RuntimeError, "a type's dict was not found");
    Py_XDECREF(referents);
    Py_XDECREF(proxy);
    Py_XDECREF(gc);
    return dict;
}

/* Sets an attribute of a type that may be one of C's, which refuse it. */
static bool set_attribute(PyTypeObject *type, const char *name, PyObject *value) {
    if (!PyObject_SetAttrString((PyObject *)type, name, value)) return true;
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) return false;
    PyErr_Clear();
    PyObject *const dict = dict_of(type);
    const bool set = dict && PyDict_SetItemString(dict, name, value) == 0;
    Py_XDECREF(dict);
    PyType_Modified(type);
    return set;
}

PyObject *replace_method(PyTypeObject *type, const char *name, PyMethodDef *method) {
    PyObject *const original = PyObject_GetAttrString((PyObject *)type, name);
    PyObject *const ours = original ? PyDescr_NewMethod(type, method) : NULL;
    const bool set = ours && set_attribute(type, name, ours);
    Py_XDECREF(ours);
    if (set) return original;
    Py_XDECREF(original);
    return NULL;
}

/* What PyObject_Vectorcall does, by tuple and dict: 3.8 exports no function for it. */
static PyObject *call_by_tuple(PyObject *function, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const positional = PyTuple_New(size), *options = names ? PyDict_New() : NULL;
    bool made = positional && (options || !names);
    for (Py_ssize_t at = 0; made && at < size; at++) {
        Py_INCREF(arguments[at]);
        PyTuple_SetItem(positional, at, arguments[at]);
    }
    for (Py_ssize_t at = 0; made && names && at < PyTuple_Size(names); at++)
        made = PyDict_SetItem(options, PyTuple_GetItem(names, at), arguments[size + at]) == 0;
    PyObject *const result = made ? PyObject_Call(function, positional, options) : NULL;
    Py_XDECREF(options);
    Py_XDECREF(positional);
    return result;
}

PyObject *call_with_self(PyObject *function, PyObject *self, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    enum { FEW = 12 };
    PyObject *few[FEW + 1];
    const Py_ssize_t count = size + (names ? PyTuple_Size(names) : 0);
    PyObject **const all = count < FEW ? few : malloc(((size_t)count + 1) * sizeof *all);
    if (!all) return PyErr_NoMemory();
    all[0] = self;
    if (count) memcpy(all + 1, arguments, (size_t)count * sizeof *all);
    PyObject *const result = PyObject_Vectorcall ? PyObject_Vectorcall(function, all, (size_t)size + 1, names)
                                                 : call_by_tuple(function, all, size + 1, names);
    if (all != few) free(all);
    return result;
}

bool is_asyncios(PyTypeObject *type, const char *name, const char *module) {
    PyObject *const method = PyObject_GetAttrString((PyObject *)type, name);
    PyObject *const own = PyImport_ImportModule(module), *const globals = own ? PyModule_GetDict(own) : NULL;
    const bool is = method && Py_TYPE(method) == &PyFunction_Type && PyFunction_GetGlobals(method) == globals;
    PyErr_Clear();
    Py_XDECREF(own);
    Py_XDECREF(method);
    return is;
}

/* Returns a sentence that says why methods are wrapped and not replaced, or NULL. */
static const char *why_wrapped(void) {
    static char sentence[160];
    int minor = 0;
    if (sscanf(Py_GetVersion(), "3.%d", &minor) != 1 || minor > NEWEST) {
        snprintf(sentence, sizeof sentence, "CPython 3.%d is newer than what the recorder knows: it is recorded a little more slowly.", minor);
        return sentence;
    }
    const Slot *const slots[] = {&asyncio.callback, &asyncio.args, &asyncio.context, &asyncio.handle_loop,
                                 &asyncio.cancelled, &asyncio.repr, &asyncio.source_traceback};
    for (size_t at = 0; at < sizeof slots / sizeof *slots; at++)
        if (!slots[at]->at) return "this CPython lays out its handles in another way: it is recorded a little more slowly.";
    if (is_asyncios(asyncio.handle, "__init__", "asyncio.events") && is_asyncios(asyncio.handle, "_run", "asyncio.events") &&
        is_asyncios(asyncio.loop, "call_soon", "asyncio.base_events") && is_asyncios(asyncio.loop, "_call_soon", "asyncio.base_events"))
        return NULL;
    return "something else has changed asyncio's methods already: it is recorded a little more slowly.";
}

/* Returns a sentence that says why asyncio could not be hooked, by the exception that is set. */
static PyObject *not_hooked(void) {
    PyObject *type, *exception, *traceback;
    PyErr_Fetch(&type, &exception, &traceback);
    PyErr_NormalizeException(&type, &exception, &traceback);
    PyObject *const sentence = PyUnicode_FromFormat("asyncio is not as the recorder knows it, and is recorded in part at best: %S", exception);
    Py_XDECREF(type), Py_XDECREF(exception), Py_XDECREF(traceback);
    return sentence;
}

/* install(lines, library, samples) */
static PyObject *module_install(PyObject *module, PyObject *arguments) {
    (void)module;
    int lines;
    PyObject *library, *samples;
    if (!PyArg_ParseTuple(arguments, "iO!O", &lines, &PyTuple_Type, &library, &samples)) return NULL;
    if (!set_lines((Lines)lines, library)) return NULL;
    if (!learn_asyncio(samples)) return not_hooked();
    const char *const why = why_wrapped();
    asyncio.replaced = !why && !getenv("LOOPSCOPE_WRAP");
    if (getenv("LOOPSCOPE_WRAP")) forget_layout();
    if (asyncio.replaced && spool.head) spool.head->flags |= SPOOL_REPLACED;
    if (!install_handles() || !install_scheduling() || !install_timers() || !install_loops() || !install_tasks() || !install_eager_tasks() ||
        !install_jobs() || !install_clock() || !install_queues() || !install_connections() ||
        !install_descriptors())
        return not_hooked();
    return PyUnicode_FromString(why ? why : "");
}

PyMethodDef install_functions[] = {{"install", module_install, METH_VARARGS, NULL},
                                    {"install_uvloop", module_install_uvloop, METH_O, NULL},
                                    {NULL, NULL, 0, NULL}};
