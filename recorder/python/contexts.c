// SPDX-License-Identifier: MIT
/* What is known of contexts beyond their API.

   Reads through a Context: `context[variable]`, by which structlog reads what was set. A subscript asks no method that could be replaced, but a function
   that the type's table of mapping functions names, and that is looked for in memory.

   Which contexts hold an object: a context is a tree (a HAMT), copies share it, and what they have in common until one of them writes is told by the
   counts of its references. */
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

/* ---- who holds an object ---- */

/* Bytes, of CPython 3.8 to 3.13: pycore_context.h, pycore_hamt.h. A tree of few variables is one node, of keys and values by turns. */
enum { CONTEXT_BYTES = 48, TREE_AT = 24, TREE_BYTES = 40, NODE_AT = 16, COUNT_AT = 16, ITEMS_AT = 32 };

static PyObject *word_at(PyObject *object, int at) { return *(PyObject **)((char *)object + at); }

static bool has_bytes(PyTypeObject *type, long bytes) {
    PyObject *const size = PyObject_GetAttrString((PyObject *)type, "__basicsize__");
    const long has = size ? PyLong_AsLong(size) : 0;
    PyErr_Clear();
    Py_XDECREF(size);
    return has == bytes;
}

static bool is_named(PyTypeObject *type, const char *name) {
    PyObject *const has = PyObject_GetAttrString((PyObject *)type, "__name__");
    const bool is = has && PyUnicode_CompareWithASCIIString(has, name) == 0;
    PyErr_Clear();
    Py_XDECREF(has);
    return is;
}

/* Returns whether a context's tree is one node of the kind that is known. */
static bool is_one_node(PyObject *context) {
    static PyTypeObject *tree_type, *node_type;
    PyObject *const tree = word_at(context, TREE_AT);
    if (!tree_type) {
        if (!has_bytes(&PyContext_Type, CONTEXT_BYTES) || !tree || !is_named(Py_TYPE(tree), "hamt") || !has_bytes(Py_TYPE(tree), TREE_BYTES)) return false;
        if (!is_named(Py_TYPE(word_at(tree, NODE_AT)), "hamt_bitmap_node")) return false;
        tree_type = Py_TYPE(tree);
        node_type = Py_TYPE(word_at(tree, NODE_AT));
    }
    return Py_TYPE(tree) == tree_type && Py_TYPE(word_at(tree, NODE_AT)) == node_type;
}

bool is_only_in_context(PyObject *object) {
    PyObject *const copy = PyContext_CopyCurrent();
    if (!copy) return PyErr_Clear(), false;
    bool is = is_one_node(copy);
    if (is) {
        PyObject *const tree = word_at(copy, TREE_AT), *const node = word_at(tree, NODE_AT);
        const Py_ssize_t count = *(Py_ssize_t *)((char *)node + COUNT_AT);
        bool holds = false;
        for (Py_ssize_t at = 1; at < count; at += 2) holds |= ((PyObject **)((char *)node + ITEMS_AT))[at] == object;
        is = holds && Py_REFCNT(tree) == 2 && Py_REFCNT(node) == 1; /* the current context has it, and the copy */
    }
    Py_DECREF(copy);
    return is;
}
