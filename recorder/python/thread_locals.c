// SPDX-License-Identifier: MIT
/* threading.local: its attributes are seen by the functions that the type looks them up and sets them with, which are replaced in the type
   itself. So objects that were made before the recorder are seen as well, and nothing is slower that is not an attribute.

   Not seen: what a subclass does in a `__getattribute__` or `__setattr__` of its own without calling that of threading.local. */
#include "variables.h"

typedef PyObject *(*Getter)(PyObject *self, PyObject *name);
typedef int (*Setter)(PyObject *self, PyObject *name, PyObject *value);
typedef void (*Function)(void);

static PyTypeObject *local_type;
static Getter own_get;
static Setter own_set;
static Py_ssize_t getter_at, setter_at; /* offsets in a type object; 0: not found */

#define SLOT(type, at, Kind) (*(Kind *)((char *)(type) + (at)))

/* ---- which variable an attribute is --------------------------------------------------------------------------------------------------- */

static bool is_special(PyObject *name) {
    return PyUnicode_GetLength(name) > 1 && PyUnicode_ReadChar(name, 0) == '_' && PyUnicode_ReadChar(name, 1) == '_';
}

/* Makes the variable that an attribute is, unless it is the standard library's own affair. A name stays, so that its address is good. */
static Variable *add(PyObject *self, PyObject *name) {
    const int owner = whose(self);
    bool is_new;
    Place *const place = place_of(self, name, &is_new);
    if (!place) return NULL;
    Py_INCREF(name);
    place->kept = name;
    if (owner != 2) place->variable = new_variable(name, KIND_THREAD_LOCAL, STORAGE_THREAD_LOCAL, owner == 1);
    return place->variable;
}

/* Returns the variable that an attribute is, NULL if it is none. `may_add`: it is an attribute of the object, and no method of its class. */
static Variable *variable_of(PyObject *self, PyObject *name, bool may_add) {
    const Place *place = known_place(self, name);
    if (place) return place->variable;
    if (!PyUnicode_CheckExact(name) || is_special(name)) return NULL;
    Py_INCREF(name);
    PyUnicode_InternInPlace(&name);
    place = known_place(self, name);
    Variable *const variable = place ? place->variable : may_add ? add(self, name) : NULL;
    Py_DECREF(name);
    return variable;
}

/* ---- the functions ---------------------------------------------------------------------------------------------------------------------- */

/* Returns what another storage has for an attribute that this thread never set; NULL with the AttributeError that is set. */
static PyObject *from_elsewhere(Variable *variable) {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *const seen = answer(variable, NULL, NULL, false, line_of_caller());
    if (!seen) {
        PyErr_Restore(type, value, traceback);
        return NULL;
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return seen;
}

static PyObject *get(PyObject *self, PyObject *name) {
    PyObject *const value = own_get(self, name);
    if (!value) {
        Variable *const known = PyErr_ExceptionMatches(PyExc_AttributeError) ? variable_of(self, name, false) : NULL;
        return known && known->kept ? from_elsewhere(known) : NULL;
    }
    Variable *const variable = variable_of(self, name, Py_TYPE(self) == local_type);
    if (!variable) return value;
    PyObject *const cell = cell_in(variable, STORAGE_THREAD_LOCAL);
    PyObject *const seen = answer(variable, value, cell, false, line_of_caller());
    Py_XDECREF(cell);
    return seen;
}

static int set(PyObject *self, PyObject *name, PyObject *value) {
    if (own_set(self, name, value)) return -1;
    Variable *const variable = variable_of(self, name, value != NULL);
    if (!variable) return 0;
    PyObject *const cell = value ? record_set(variable, value, line_of_caller()) : NULL;
    put_cell(variable, cell);
    Py_XDECREF(cell);
    return 0;
}

/* ---- putting them in ---------------------------------------------------------------------------------------------------------------------- */

/* Returns the offset at which an object has a function in it; 0 if it has not. */
static Py_ssize_t offset_of(PyObject *object, Function function) {
    PyObject *const size = PyObject_GetAttrString((PyObject *)Py_TYPE(object), "__basicsize__");
    const Py_ssize_t bytes = size ? PyLong_AsSsize_t(size) : 0;
    Py_XDECREF(size);
    PyErr_Clear();
    for (Py_ssize_t at = (Py_ssize_t)sizeof(PyObject); at + (Py_ssize_t)sizeof function <= bytes; at += (Py_ssize_t)sizeof function)
        if (SLOT(object, at, Function) == function) return at;
    return 0;
}

/* Puts a function into the type's descriptor of that name, from which subclasses get theirs (Objects/typeobject.c, update_one_slot). */
static void replace_in_descriptor(PyObject *type, const char *name, Function own, Function function) {
    PyObject *const descriptor = PyObject_GetAttrString(type, name);
    const Py_ssize_t at = descriptor ? offset_of(descriptor, own) : 0;
    if (at) SLOT(descriptor, at, Function) = function;
    Py_XDECREF(descriptor);
    PyErr_Clear();
}

/* Puts them into a type that has the functions of threading.local, and into its subclasses that have them from it. */
static bool replace_in(PyObject *type) {
    if (SLOT(type, getter_at, Getter) == own_get) SLOT(type, getter_at, Getter) = get;
    if (SLOT(type, setter_at, Setter) == own_set) SLOT(type, setter_at, Setter) = set;
    PyType_Modified((PyTypeObject *)type);
    PyObject *const subclasses = PyObject_CallMethod(type, "__subclasses__", NULL);
    const Py_ssize_t count = subclasses ? PyList_Size(subclasses) : -1;
    bool done = count >= 0;
    for (Py_ssize_t at = 0; done && at < count; at++) done = replace_in(PyList_GetItem(subclasses, at));
    Py_XDECREF(subclasses);
    return done;
}

bool hook_thread_locals(void) {
    if (local_type) return true;
    getter_at = offset_of((PyObject *)&PyBaseObject_Type, (Function)PyObject_GenericGetAttr);
    setter_at = offset_of((PyObject *)&PyBaseObject_Type, (Function)PyObject_GenericSetAttr);
    PyObject *const module = PyImport_ImportModule("_thread");
    PyObject *const type = module ? PyObject_GetAttrString(module, "_local") : NULL;
    Py_XDECREF(module);
    if (!type) return false;
    if (!getter_at || !setter_at) {
        Py_DECREF(type);
        return true; /* a Python with other types: thread-locals are not recorded */
    }
    own_get = SLOT(type, getter_at, Getter);
    own_set = SLOT(type, setter_at, Setter);
    local_type = (PyTypeObject *)type;
    replace_in_descriptor(type, "__getattribute__", (Function)own_get, (Function)get);
    replace_in_descriptor(type, "__setattr__", (Function)own_set, (Function)set);
    replace_in_descriptor(type, "__delattr__", (Function)own_set, (Function)set);
    return replace_in(type);
}
