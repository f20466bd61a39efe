// SPDX-License-Identifier: MIT
/* ContextVar.get, set and reset, in the type's own dict: objects stay what they are, and variables made before the recorder are seen.
   Not seen: C code that uses PyContextVar_Get and PyContextVar_Set. What such code sets is read with an unknown writer.

   Who wrote a value is told by the variable's shadow, a ContextVar too: whatever copies a context copies it. */
#include "variables.h"

#include <stdlib.h>
#include <string.h>

static PyTypeObject *type_of_variables;
static PyObject *own_get, *own_set, *own_reset; /* the type's methods as they were */
static Py_ssize_t name_at, preset_at;           /* where a ContextVar has its name and its default; 0: not found */

/* A field of an object that is known by its offset. */
static PyObject *field(PyObject *object, Py_ssize_t at) { return *(PyObject **)((char *)object + at); }

/* Returns the offset at which an object of that size has `value` in it; 0 if it has not. */
static Py_ssize_t offset_of(PyObject *object, PyObject *value, Py_ssize_t size) {
    for (Py_ssize_t at = (Py_ssize_t)sizeof(PyObject); at + (Py_ssize_t)sizeof value <= size; at += (Py_ssize_t)sizeof value)
        if (field(object, at) == value) return at;
    return 0;
}

/* ---- tokens: what a variable's shadow was before the set that gave a token ------------------------------------------------------------ */

/* A token is known by its address. It is not kept; when it is gone, the next token at that address takes its place, so that there are never
   more entries than there were tokens at a time. A token that C code has made is told by the value that it brings back. */
typedef struct {
    PyObject *token; /* only compared; NULL: free */
    Variable *variable;
    PyObject *before; /* owned Cell, or NULL: there was none */
} Token;

static Token *tokens;
static uint32_t token_capacity, token_count;

static Token *slot_of(PyObject *token) {
    uint32_t at = (uint32_t)(((uintptr_t)token >> 4) * 0x9e3779b97f4a7c15u >> 32) & (token_capacity - 1);
    while (tokens[at].token && tokens[at].token != token) at = (at + 1) & (token_capacity - 1);
    return &tokens[at];
}

static bool make_room(void) {
    if (token_count * 2 < token_capacity) return true;
    const uint32_t old_capacity = token_capacity;
    Token *const old = tokens;
    Token *const larger = calloc(old_capacity ? old_capacity * 2 : 256, sizeof *larger);
    if (!larger) return false;
    tokens = larger;
    token_capacity = old_capacity ? old_capacity * 2 : 256;
    for (uint32_t at = 0; at < old_capacity; at++)
        if (old[at].token) *slot_of(old[at].token) = old[at];
    free(old);
    return true;
}

/* Remembers what a reset with that token brings back. Takes the reference. */
static void remember(PyObject *token, Variable *variable, PyObject *before) {
    if (!make_room()) {
        Py_XDECREF(before);
        return;
    }
    Token *const slot = slot_of(token);
    PyObject *const old = slot->before;
    token_count += !slot->token;
    *slot = (Token){token, variable, before};
    Py_XDECREF(old);
}

static PyObject *last; /* ContextVar that was asked for last, only compared, and the variable that it is */
static Variable *last_variable;

void drop_tokens(void) {
    Token *const old = tokens;
    const uint32_t old_capacity = token_capacity;
    tokens = NULL;
    token_capacity = token_count = 0;
    last = NULL;
    for (uint32_t at = 0; at < old_capacity; at++) Py_XDECREF(old[at].before);
    free(old);
}

/* ---- which variable a ContextVar is ------------------------------------------------------------------------------------------------------ */

static PyObject *name_of(PyObject *self) {
    if (name_at) return field(self, name_at);
    static PyObject *attribute;
    if (!attribute && !(attribute = PyUnicode_InternFromString("name"))) return NULL;
    PyObject *const name = PyObject_GetAttr(self, attribute);
    Py_XDECREF(name); /* the variable has it */
    return name;
}

static Variable *add(PyObject *self) {
    PyObject *const name = name_of(self);
    if (!name || !PyUnicode_Check(name)) return NULL;
    const bool is_users = is_to_be_kept(name, KIND_CONTEXT_VARIABLE, true) && whose(self) == 1;
    bool is_new;
    Place *const place = place_of(self, NULL, &is_new); /* anew, as `whose` runs Python */
    return place ? place->variable = new_variable(name, KIND_CONTEXT_VARIABLE, STORAGE_CONTEXTVAR, is_users) : NULL;
}

/* Returns the variable that a ContextVar is; NULL if it is not to be recorded. A dead one's address, come again with another name, is
   another variable; with the same name nothing can tell, as nothing of the dead one can be read. */
static Variable *variable_of(PyObject *self) {
    if (self == last && name_at && field(self, name_at) == last_variable->name) return last_variable;
    bool is_new;
    Place *const place = place_of(self, NULL, &is_new);
    if (!place) return NULL;
    Variable *const variable = place->variable;
    if (variable && (!name_at || field(self, name_at) == variable->name)) {
        last = self;
        return last_variable = variable;
    }
    return is_new || variable ? add(self) : NULL;
}

Variable *context_variable(PyObject *object) {
    if (Py_TYPE(object) != type_of_variables) return NULL;
    PyObject *const name = name_of(object);
    const bool is_shadow = name && PyUnicode_Check(name) && PyUnicode_CompareWithASCIIString(name, "loopscope") == 0;
    return is_shadow ? NULL : variable_of(object);
}

static bool is_preset(PyObject *self, PyObject *value) { return preset_at && field(self, preset_at) == value; }

/* Tells the reader of the variable, with its default if it has one. */
static void say(PyObject *self, Variable *variable) {
    if (!variable->number) say_variable(variable, preset_at ? field(self, preset_at) : NULL);
}

/* Returns the text that says a method's signature and documentation, as `ml_doc` has them; NULL where there is none. Good for ever. */
static const char *signature_of(PyObject *type, const char *name) {
    PyObject *const method = PyObject_GetAttrString(type, name);
    PyObject *const signature = method ? PyObject_GetAttrString(method, "__text_signature__") : NULL;
    PyObject *const doc = signature ? PyObject_GetAttrString(method, "__doc__") : NULL;
    PyObject *const text = doc && signature != Py_None ? PyUnicode_FromFormat("%s%U\n--\n\n%S", name, signature, doc) : NULL;
    const char *const utf8 = text ? PyUnicode_AsUTF8AndSize(text, NULL) : NULL; /* `text` stays: it has the bytes */
    PyErr_Clear();
    Py_XDECREF(doc);
    Py_XDECREF(signature);
    Py_XDECREF(method);
    return utf8;
}

/* ---- the methods ------------------------------------------------------------------------------------------------------------------------- */

static PyObject *shadow_of(Variable *variable) {
    PyObject *cell = NULL;
    if (variable->shadow && PyContextVar_Get(variable->shadow, NULL, &cell)) PyErr_Clear();
    if (cell == Py_None) Py_CLEAR(cell);
    return cell;
}

static PyObject *forward(PyObject *method, PyObject *self, PyObject *const *arguments, Py_ssize_t count) {
    PyObject *const tuple = PyTuple_New(count + 1);
    if (!tuple) return NULL;
    for (Py_ssize_t at = 0; at <= count; at++) {
        PyObject *const item = at ? arguments[at - 1] : self;
        Py_INCREF(item);
        PyTuple_SetItem(tuple, at, item);
    }
    PyObject *const result = PyObject_Call(method, tuple, NULL);
    Py_DECREF(tuple);
    return result;
}

/* Records a read of what nearly every read sees: a value that a write which was seen has put there, in the variable's own storage. Returns
   whether it was that. */
static bool record_plain_get(Variable *variable, PyObject *value) {
    if (!variable->shadow || !variable->number || !answers_itself(variable)) return false;
    PyObject *found = NULL;
    if (PyContextVar_Get(variable->shadow, NULL, &found)) PyErr_Clear();
    const Cell *const cell = (const Cell *)found;
    const bool is_plain = found && found != Py_None && cell->value == value && record_known_get(variable, cell, line_of_caller());
    Py_XDECREF(found);
    return is_plain;
}

static PyObject *get(PyObject *self, PyObject *const *arguments, Py_ssize_t count) {
    if (count > 1) return forward(own_get, self, arguments, count);
    PyObject *value = NULL;
    if (PyContextVar_Get(self, count ? arguments[0] : NULL, &value)) return NULL;
    Variable *const variable = variable_of(self);
    if (variable && !(value && record_plain_get(variable, value))) {
        say(self, variable);
        PyObject *const cell = shadow_of(variable);
        const bool default_is_read = value && (is_preset(self, value) || (!cell && count && value == arguments[0]));
        value = answer(variable, value, cell, default_is_read, line_of_caller());
        Py_XDECREF(cell);
    }
    if (!value) PyErr_SetObject(PyExc_LookupError, self);
    return value;
}

static PyObject *set(PyObject *self, PyObject *const *arguments, Py_ssize_t count) {
    if (count != 1) return forward(own_set, self, arguments, count);
    PyObject *const token = PyContextVar_Set(self, arguments[0]);
    Variable *const variable = token ? variable_of(self) : NULL;
    if (!variable) return token;
    say(self, variable);
    PyObject *const cell = record_set(variable, arguments[0], line_of_caller());
    remember(token, variable, shadow_of(variable));
    put_shadow(variable, cell);
    if (variable->kept) put_cell(variable, cell);
    Py_XDECREF(cell);
    return token;
}

/* Returns whether a token brings back the value of a cell; NULL: none. */
static bool brings_back(PyObject *token, PyObject *cell) {
    static PyObject *name, *missing;
    if (!name && !(name = PyUnicode_InternFromString("old_value"))) return false;
    if (!missing && !(missing = PyObject_GetAttrString((PyObject *)Py_TYPE(token), "MISSING"))) return false;
    PyObject *const value = PyObject_GetAttr(token, name);
    Py_XDECREF(value);
    return value == (cell ? ((Cell *)cell)->value : missing);
}

static PyObject *reset(PyObject *self, PyObject *const *arguments, Py_ssize_t count) {
    if (count != 1) return forward(own_reset, self, arguments, count);
    PyObject *const done = forward(own_reset, self, arguments, count);
    Variable *const variable = done ? variable_of(self) : NULL;
    if (!variable || !token_capacity) return done;
    Token *const slot = slot_of(arguments[0]);
    if (slot->variable != variable || !brings_back(arguments[0], slot->before)) { /* the token is of before the recording, or of C code */
        PyErr_Clear();
        return done;
    }
    PyObject *const before = slot->before;
    slot->before = NULL;
    say(self, variable);
    record_reset(variable, before, line_of_caller());
    put_shadow(variable, before);
    if (variable->kept) put_cell(variable, before);
    Py_XDECREF(before);
    return done;
}

/* ---- putting them in ------------------------------------------------------------------------------------------------------------------------ */

/* Finds where a ContextVar has its name and default, by making one of marked objects. */
static bool probe(void) {
    PyObject *const preset = PyList_New(0);
    PyObject *const made = preset ? PyContextVar_New("loopscope", preset) : NULL;
    PyObject *const name = made ? PyObject_GetAttrString(made, "name") : NULL;
    PyObject *const size = name ? PyObject_GetAttrString((PyObject *)Py_TYPE(made), "__basicsize__") : NULL;
    const Py_ssize_t bytes = size ? PyLong_AsSsize_t(size) : -1;
    if (bytes > 0) {
        type_of_variables = Py_TYPE(made);
        name_at = offset_of(made, name, bytes);
        preset_at = offset_of(made, preset, bytes);
    }
    Py_XDECREF(size);
    Py_XDECREF(name);
    Py_XDECREF(made);
    Py_XDECREF(preset);
    return bytes > 0;
}

bool hook_context_variables(void) {
    static PyMethodDef methods[] = {{"get", (PyCFunction)(void (*)(void))get, METH_FASTCALL, NULL},
                                    {"set", (PyCFunction)(void (*)(void))set, METH_FASTCALL, NULL},
                                    {"reset", (PyCFunction)(void (*)(void))reset, METH_FASTCALL, NULL}};
    if (own_get) return true;
    if (!probe()) return false;
    PyObject **const own[] = {&own_get, &own_set, &own_reset};
    for (int at = 0; at < 3; at++) {
        methods[at].ml_doc = signature_of((PyObject *)type_of_variables, methods[at].ml_name);
        if (!(*own[at] = replace_method(type_of_variables, methods[at].ml_name, &methods[at]))) return false;
    }
    return true;
}
