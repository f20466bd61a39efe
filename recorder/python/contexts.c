/* Reads through a Context: `context[variable]`, by which structlog reads what was set. A subscript asks no method that could be replaced, but a function
   that the type's table of mapping functions names, and that is looked for in memory. */
#include "variables.h"

typedef PyObject *(*Subscript)(PyObject *self, PyObject *key);

enum { WRAPPED_AT = 48, MAPPING_AT = 112, SUBSCRIPT_AT = 8 }; /* bytes, of CPython 3.8 to 3.13: descrobject.h, cpython/object.h */

static Subscript own_subscript;

/* Records that a value was read. A shadow is read by us alone. */
static void note(PyObject *context, PyObject *key, PyObject *value) {
    Variable *const variable = recording ? context_variable(key) : NULL;
    if (!variable) return;
    PyObject *const cell = variable->shadow ? own_subscript(context, variable->shadow) : NULL;
    if (!cell) PyErr_Clear();
    record_get(variable, value, cell == Py_None ? NULL : cell, false, line_of_caller());
    Py_XDECREF(cell);
}

static PyObject *subscript(PyObject *self, PyObject *key) {
    PyObject *const value = own_subscript(self, key);
    if (value) note(self, key, value);
    return value;
}

/* Returns the place in the type's table of mapping functions that names the function of `__getitem__`; NULL where it is not found. */
static Subscript *subscript_place(void) {
    PyObject *const method = PyObject_GetAttrString((PyObject *)&PyContext_Type, "__getitem__");
    PyObject *const known = PyObject_GetAttrString((PyObject *)&PyDict_Type, "__len__");
    Subscript *place = NULL;
    if (method && known && Py_TYPE(method) == Py_TYPE(known)) { /* both are slots' wrappers */
        char *const table = *(char **)((char *)&PyContext_Type + MAPPING_AT);
        const Subscript wrapped = *(Subscript *)((char *)method + WRAPPED_AT);
        if (table && wrapped && *(Subscript *)(table + SUBSCRIPT_AT) == wrapped) place = (Subscript *)(table + SUBSCRIPT_AT);
    }
    PyErr_Clear();
    Py_XDECREF(known);
    Py_XDECREF(method);
    return place;
}

void hook_contexts(void) {
    Subscript *const place = own_subscript ? NULL : subscript_place();
    if (!place) return; /* such reads are not seen */
    own_subscript = *place;
    *place = subscript;
}
