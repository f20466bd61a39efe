// SPDX-License-Identifier: MIT
/* What a program prints: a `write` on the instance of sys.stdout or sys.stderr, which stays the object that it is. */
#include "asyncio.h"

/* Returns whether the character at a place is one of a word; -1 and the text's end are places where there is none. */
static bool is_of_word(PyObject *text, Py_ssize_t at) {
    if (at < 0 || at >= PyUnicode_GetLength(text)) return false;
    const Py_UCS4 character = PyUnicode_ReadChar(text, at);
    return character == '_' || (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
           (character >= 'A' && character <= 'Z') || character >= 128;
}

/* Returns where a value stands in a text from `from` on, as a word or words of its own; -1: nowhere. */
static Py_ssize_t find_value(PyObject *text, PyObject *value, Py_ssize_t from) {
    const Py_ssize_t size = PyUnicode_GetLength(value), end = PyUnicode_GetLength(text);
    if (size == 0) return -1;
    for (Py_ssize_t at = from - 1; (at = PyUnicode_Find(text, value, at + 1, end, 1)) >= 0;)
        if (!is_of_word(text, at - 1) && !is_of_word(text, at + size)) return at;
    return -1;
}

static void record_piece(PyObject *text, Py_ssize_t from, Py_ssize_t end, uint32_t subject, uint32_t line) {
    PyObject *const piece = PyUnicode_Substring(text, from, end);
    if (!piece) return PyErr_Clear();
    const uint32_t number = number_of_text(piece);
    record(SPOOL_OUTPUT, subject, number, line);
    Py_DECREF(piece);
}

/* Writes a text in pieces, so that each value that was just read stands by itself, as in a line of a log that has a request's ID in it. */
static void record_output(PyObject *text, uint32_t descriptor, uint32_t line) {
    const Py_ssize_t end = PyUnicode_GetLength(text);
    bool shown[READS] = {false};
    Py_ssize_t from = 0;
    for (int next = 0; next >= 0;) {
        Py_ssize_t first = end;
        next = -1;
        for (int each = 0; each < READS && here.reads[each]; each++) {
            const Py_ssize_t at = shown[each] ? -1 : find_value(text, here.reads[each], from);
            if (at < 0 || at >= first) continue;
            first = at;
            next = each;
        }
        if (next < 0) break;
        shown[next] = true;
        if (first > from) record_piece(text, from, first, descriptor, line);
        from = first + PyUnicode_GetLength(here.reads[next]);
        record_piece(text, first, from, descriptor | SPOOL_OUTPUT_VALUE, line);
    }
    if (from < end || from == 0) record_piece(text, from, end, descriptor, line);
}

static bool leads_nowhere; /* what is written goes to /dev/null */

/* Returns the number of characters of a text that a stream which leads nowhere would take; NULL, without an exception, where it has to be asked: it is
   closed, or cannot encode everything. */
static PyObject *swallowed(PyObject *own_write, PyObject *text) {
    PyObject *const stream = PyCFunction_Check(own_write) ? PyCFunction_GetSelf(own_write) : NULL;
    Py_ssize_t bytes = 0;
    if (!stream || !PyUnicode_CheckExact(text) || !PyUnicode_AsUTF8AndSize(text, &bytes) || bytes != PyUnicode_GetLength(text)) return PyErr_Clear(), NULL;
    return is_false(stream, name_closed_word) ? PyLong_FromSsize_t(bytes) : NULL;
}

/* `self` is (the stream's own write, descriptor). */
static PyObject *write_text(PyObject *self, PyObject *text) {
    if (recording && PyUnicode_Check(text)) {
        const uint32_t descriptor = (uint32_t)PyLong_AsLong(PyTuple_GetItem(self, 1));
        const uint32_t line = line_of_caller();
        record_output(text, descriptor, line);
    }
    PyObject *const own = PyTuple_GetItem(self, 0), *const size = leads_nowhere ? swallowed(own, text) : NULL;
    return size ? size : PyObject_CallFunctionObjArgs(own, text, NULL);
}

static PyMethodDef write_method = {"write", write_text, METH_O, NULL};

static PyObject *module_output(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *stream, *descriptor;
    if (!PyArg_ParseTuple(arguments, "OO!", &stream, &PyLong_Type, &descriptor)) return NULL;
    PyObject *const own = PyObject_GetAttrString(stream, "write");
    PyObject *const self = own ? PyTuple_Pack(2, own, descriptor) : NULL;
    PyObject *const ours = self ? PyCFunction_NewEx(&write_method, self, NULL) : NULL;
    const int set = ours ? PyObject_SetAttrString(stream, "write", ours) : -1;
    Py_XDECREF(ours);
    Py_XDECREF(self);
    Py_XDECREF(own);
    if (set) return NULL;
    Py_RETURN_NONE;
}

static PyObject *module_lead_nowhere(PyObject *module, PyObject *leads) {
    (void)module;
    leads_nowhere = leads == Py_True;
    Py_RETURN_NONE;
}

PyMethodDef output_functions[] = {{"output", module_output, METH_VARARGS, NULL}, {"lead_nowhere", module_lead_nowhere, METH_O, NULL}, {NULL, NULL, 0, NULL}};
