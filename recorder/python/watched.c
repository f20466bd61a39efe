// SPDX-License-Identifier: MIT
/* What rewritten code calls (rewrite.py): reads and writes of watched globals and attributes, each with the number of its site.

   watch(name, storage) -> variable             a variable that --watch names
   site(variable, path, line) -> site           a place that uses that global
   attribute_site(name, path, line) -> site     a place that uses an attribute of that name
   set_resolver(function)                       function(owner, name) says which variable an attribute of a class or module is: the variable; less
                                                than -1, -2 - variable: the class has it from another one; -1: none

   read(value, site) -> value, wrote(value, site) -> value, gone(site)
   attribute_read(object, site) -> value        attribute_set(value, object, site)         attribute_wrote(object, site)
   attribute_take(object, site) -> taken        attribute_put(taken, value, operation)     for object.name += value */
#include "variables.h"

#include <stdlib.h>

typedef struct {
    Variable *variable;  /* NULL: an attribute's site */
    PyObject *attribute; /* owned, interned; NULL: a global's site */
    PyObject *path;      /* owned */
    int line;
} Site;

static Site *sites;
static Py_ssize_t site_count, site_capacity;
static Variable **watched; /* by what `watch` returned */
static long watched_count;
static PyObject *resolver;

/* ---- sites --------------------------------------------------------------------------------------------------------------------------- */

static PyObject *add_site(Site site) {
    if (site_count == site_capacity) {
        const Py_ssize_t larger = site_capacity ? site_capacity * 2 : 64;
        Site *const grown = realloc(sites, (size_t)larger * sizeof *sites);
        if (!grown) return PyErr_NoMemory();
        sites = grown;
        site_capacity = larger;
    }
    Py_INCREF(site.path);
    Py_XINCREF(site.attribute);
    sites[site_count] = site;
    return PyLong_FromSsize_t(site_count++);
}

static PyObject *new_watched(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *name;
    int storage;
    if (!PyArg_ParseTuple(arguments, "Ui", &name, &storage)) return NULL;
    Variable **const grown = realloc(watched, ((size_t)watched_count + 1) * sizeof *watched);
    if (!grown) return PyErr_NoMemory();
    watched = grown;
    if (!(watched[watched_count] = new_variable(name, KIND_WATCHED, (Storage)storage, true))) return PyErr_NoMemory();
    return PyLong_FromLong(watched_count++);
}

static PyObject *new_site(PyObject *module, PyObject *arguments) {
    (void)module;
    long variable;
    PyObject *path;
    int line;
    if (!PyArg_ParseTuple(arguments, "lUi", &variable, &path, &line)) return NULL;
    if (variable < 0 || variable >= watched_count) return PyErr_Format(PyExc_IndexError, "there is no variable %ld", variable);
    return add_site((Site){watched[variable], NULL, path, line});
}

static PyObject *new_attribute_site(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *name, *path;
    int line;
    if (!PyArg_ParseTuple(arguments, "UUi", &name, &path, &line)) return NULL;
    Py_INCREF(name);
    PyUnicode_InternInPlace(&name);
    PyObject *const made = add_site((Site){NULL, name, path, line});
    Py_DECREF(name);
    return made;
}

static PyObject *set_resolver(PyObject *module, PyObject *function) {
    (void)module;
    Py_INCREF(function);
    resolver = function;
    Py_RETURN_NONE;
}

/* Returns the site that the last of `count` arguments names; NULL with an exception if they are not what rewritten code passes. */
static Site *site_of(PyObject *const *arguments, Py_ssize_t count, Py_ssize_t wanted) {
    const Py_ssize_t at = count == wanted ? PyLong_AsSsize_t(arguments[count - 1]) : -1;
    if (at >= 0 && at < site_count) return &sites[at];
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "only rewritten code calls this");
    return NULL;
}

static uint32_t line_of(const Site *site) { return line_in(site->path, site->line); }

/* ---- globals ------------------------------------------------------------------------------------------------------------------------- */

static PyObject *answer_for(Variable *variable, PyObject *value, const Site *site) {
    PyObject *const cell = variable->global;
    Py_INCREF(value);
    if (cell && answers_itself(variable) && ((Cell *)cell)->value == value && record_known_get(variable, (Cell *)cell, line_of(site))) return value;
    Py_XINCREF(cell);
    PyObject *const seen = answer(variable, value, cell, false, line_of(site));
    Py_XDECREF(cell);
    return seen;
}

static void write_to(Variable *variable, PyObject *value, const Site *site) {
    uint32_t text;
    const uint32_t write = record_write(variable, value, line_of(site), &text);
    if (variable->kept && put_again(variable, value, write, text)) return;
    PyObject *const cell = new_cell(variable, value, write, text);
    put_cell(variable, cell);
    Py_XDECREF(cell);
}

static PyObject *read_global(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    const Site *const site = site_of(arguments, count, 2);
    return site ? answer_for(site->variable, arguments[0], site) : NULL;
}

static PyObject *wrote_global(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    const Site *const site = site_of(arguments, count, 2);
    if (!site) return NULL;
    write_to(site->variable, arguments[0], site);
    Py_INCREF(arguments[0]);
    return arguments[0];
}

static PyObject *global_gone(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    const Site *const site = site_of(arguments, count, 1);
    if (!site) return NULL;
    put_cell(site->variable, NULL);
    Py_RETURN_NONE;
}

/* ---- attributes of classes and modules --------------------------------------------------------------------------------------------------- */

/* Asks the launcher which variable an attribute is, and remembers it. A class or module that was asked for stays. */
static Variable *resolve(PyObject *owner, PyObject *attribute, bool *inherited) {
    PyObject *const said = resolver ? PyObject_CallFunctionObjArgs(resolver, owner, attribute, NULL) : NULL;
    const long number = said ? PyLong_AsLong(said) : -1;
    Py_XDECREF(said);
    if (PyErr_Occurred()) PyErr_Clear();
    *inherited = number < -1;
    const long index = number < -1 ? -2 - number : number;
    return index >= 0 && index < watched_count ? watched[index] : NULL;
}

/* Returns the variable that an attribute of `object` is, if its class or, for a class or module, it itself has one that is watched; NULL if
   not. `is_set`: the object has just got the attribute, so it is not another class's any more. */
static Variable *variable_of(PyObject *object, PyObject *attribute, bool is_set) {
    const bool is_owner = PyType_Check(object) || PyModule_Check(object);
    PyObject *const owner = is_owner ? object : (PyObject *)Py_TYPE(object);
    bool is_new, inherited = false;
    const Place *const known = place_of(owner, attribute, &is_new);
    if (known && !is_new && !(is_set && known->inherited)) return known->variable;
    const bool is_first = is_new;
    if (is_first) Py_INCREF(owner);
    Variable *const variable = resolve(owner, attribute, &inherited);
    Place *const place = place_of(owner, attribute, &is_new); /* anew, as `resolve` runs Python */
    if (place) *place = (Place){owner, attribute, variable, inherited, is_first ? owner : place->kept};
    return variable;
}

/* Returns whether what was read of an object is its class's: no attribute of its own hides that. */
static bool is_of_class(PyObject *object, PyObject *attribute, PyObject *value) {
    if (PyType_Check(object) || PyModule_Check(object)) return true;
    PyObject *const in_class = PyObject_GetAttr((PyObject *)Py_TYPE(object), attribute);
    if (!in_class) PyErr_Clear();
    Py_XDECREF(in_class);
    return in_class == value;
}

static PyObject *read_attribute(PyObject *object, const Site *site) {
    PyObject *const value = PyObject_GetAttr(object, site->attribute);
    Variable *const variable = value ? variable_of(object, site->attribute, false) : NULL;
    if (!variable || !is_of_class(object, site->attribute, value)) return value;
    PyObject *const seen = answer_for(variable, value, site);
    Py_DECREF(value);
    return seen;
}

static bool set_attribute(PyObject *object, PyObject *value, const Site *site) {
    if (PyObject_SetAttr(object, site->attribute, value)) return false;
    const bool is_owner = PyType_Check(object) || PyModule_Check(object);
    Variable *const variable = is_owner ? variable_of(object, site->attribute, true) : NULL;
    if (variable) write_to(variable, value, site);
    return true;
}

static PyObject *attribute_read(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    const Site *const site = site_of(arguments, count, 2);
    return site ? read_attribute(arguments[0], site) : NULL;
}

static PyObject *attribute_set(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    const Site *const site = site_of(arguments, count, 3);
    if (!site || !set_attribute(arguments[1], arguments[0], site)) return NULL;
    Py_RETURN_NONE;
}

static PyObject *attribute_wrote(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    const Site *const site = site_of(arguments, count, 2);
    if (!site) return NULL;
    PyObject *const object = arguments[0];
    if (PyType_Check(object) || PyModule_Check(object)) {
        Variable *const variable = variable_of(object, site->attribute, true);
        PyObject *const value = variable ? PyObject_GetAttr(object, site->attribute) : NULL;
        if (value) write_to(variable, value, site);
        else PyErr_Clear();
        Py_XDECREF(value);
    }
    Py_RETURN_NONE;
}

static PyObject *attribute_take(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    const Site *const site = site_of(arguments, count, 2);
    PyObject *const value = site ? read_attribute(arguments[0], site) : NULL;
    PyObject *const taken = value ? PyTuple_Pack(3, arguments[0], value, arguments[1]) : NULL;
    Py_XDECREF(value);
    return taken;
}

static PyObject *attribute_put(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    PyObject *const taken = count == 3 && PyTuple_Check(arguments[0]) && PyTuple_Size(arguments[0]) == 3 ? arguments[0] : NULL;
    PyObject *const number = taken ? PyTuple_GetItem(taken, 2) : NULL;
    const Site *const site = site_of(&number, taken ? 1 : 0, 1);
    PyObject *const result = site ? PyObject_CallFunctionObjArgs(arguments[2], PyTuple_GetItem(taken, 1), arguments[1], NULL) : NULL;
    const bool done = result && set_attribute(PyTuple_GetItem(taken, 0), result, site);
    Py_XDECREF(result);
    if (!done) return NULL;
    Py_RETURN_NONE;
}

#define FAST(function) (PyCFunction)(void (*)(void))(function), METH_FASTCALL, NULL
PyMethodDef watched_functions[] = {{"watch", new_watched, METH_VARARGS, NULL},
                                   {"site", new_site, METH_VARARGS, NULL},
                                   {"attribute_site", new_attribute_site, METH_VARARGS, NULL},
                                   {"set_resolver", set_resolver, METH_O, NULL},
                                   {"read", FAST(read_global)},
                                   {"wrote", FAST(wrote_global)},
                                   {"gone", FAST(global_gone)},
                                   {"attribute_read", FAST(attribute_read)},
                                   {"attribute_set", FAST(attribute_set)},
                                   {"attribute_wrote", FAST(attribute_wrote)},
                                   {"attribute_take", FAST(attribute_take)},
                                   {"attribute_put", FAST(attribute_put)},
                                   {NULL, NULL, 0, NULL}};
