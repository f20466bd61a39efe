// SPDX-License-Identifier: MIT
/* Strings and their numbers: each text is written once, as far as a table of bounded size remembers it. */
#include "recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text is known again by two hashes, 128 bits in all; it is not kept. */
typedef struct {
    uint64_t hash, check;
    uint32_t number; /* 0: free */
} Text;

enum { SMALLEST = 1 << 10, LARGEST = 1 << 19 };

static Text *texts;
static uint32_t capacity, count;

void forget_texts(void) {
    free(texts);
    texts = NULL;
    capacity = count = 0;
}

static uint64_t mixed(uint64_t value) {
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93u;
    return value ^ value >> 29;
}

/* Hashes like wyhash's short loop: two lanes of multiplications over words of eight bytes. */
static Text hashed(const char *text, Py_ssize_t size) {
    uint64_t first = 0x9e3779b97f4a7c15u ^ (uint64_t)size, second = 0xc2b2ae3d27d4eb4fu + (uint64_t)size;
    for (Py_ssize_t at = 0; at < size; at += 8) {
        uint64_t word = 0;
        const size_t rest = (size_t)(size - at);
        memcpy(&word, text + at, rest < 8 ? rest : 8);
        first = (first ^ word) * 0xff51afd7ed558ccdu;
        first ^= first >> 31;
        second = (second + word) * 0xc4ceb9fe1a85ec53u;
        second ^= second >> 33;
    }
    return (Text){mixed(first), mixed(second), 0};
}

static Text *place_of(const Text *text) {
    uint32_t at = (uint32_t)text->hash & (capacity - 1);
    while (texts[at].number && (texts[at].hash != text->hash || texts[at].check != text->check)) at = (at + 1) & (capacity - 1);
    return &texts[at];
}

/* Makes room for one more: grows the table, or, where it is as large as it may be, empties it, so that texts are written again.
   Returns false without memory. */
static bool grow(void) {
    if (count * 2 < capacity) return true;
    if (capacity == LARGEST) {
        memset(texts, 0, sizeof *texts * capacity);
        count = 0;
        return true;
    }
    Text *const old = texts;
    const uint32_t old_capacity = capacity;
    Text *const larger = calloc(capacity ? capacity * 2 : SMALLEST, sizeof *larger);
    if (!larger) return false;
    texts = larger;
    capacity = capacity ? capacity * 2 : SMALLEST;
    for (uint32_t at = 0; at < old_capacity; at++)
        if (old[at].number) *place_of(&old[at]) = old[at];
    free(old);
    return true;
}

uint32_t number_of_utf8(const char *text, Py_ssize_t size) {
    if (!recording) return 0;
    Text wanted = hashed(text, size);
    if (!grow()) return 0;
    Text *const place = place_of(&wanted);
    if (place->number) return place->number;
    wanted.number = spool_text(&spool, text, (size_t)size);
    if (!wanted.number) return 0; /* it ended for want of room */
    count++;
    *place = wanted;
    return wanted.number;
}

uint32_t number_of_text(PyObject *text) {
    Py_ssize_t size;
    const char *const utf8 = PyUnicode_AsUTF8AndSize(text, &size);
    if (utf8) return number_of_utf8(utf8, size);
    PyErr_Clear();
    PyObject *const bytes = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
    uint32_t number = 0;
    if (bytes)
        number = number_of_utf8(PyBytes_AsString(bytes), PyBytes_Size(bytes));
    else
        PyErr_Clear();
    Py_XDECREF(bytes);
    return number;
}

/* `type.__dict__['__name__']`, the descriptor that reads a type's name without asking its metaclass. */
static PyObject *name_of_type(PyTypeObject *type) {
    static PyObject *descriptor;
    if (!descriptor) {
        PyObject *const names = PyObject_GetAttrString((PyObject *)&PyType_Type, "__dict__");
        descriptor = names ? PyMapping_GetItemString(names, "__name__") : NULL;
        Py_XDECREF(names);
        if (!descriptor) return NULL;
    }
    return PyObject_CallMethod(descriptor, "__get__", "OO", (PyObject *)type, (PyObject *)Py_TYPE(type));
}

uint32_t number_of_type_name(PyTypeObject *type) {
    PyObject *const name = name_of_type(type);
    const uint32_t number = name && PyUnicode_Check(name) ? number_of_text(name) : 0;
    if (!name) PyErr_Clear();
    Py_XDECREF(name);
    return number;
}

/* Returns the number of `<Type #n>`. */
static uint32_t number_of_object(PyObject *object) {
    PyObject *const name = name_of_type(Py_TYPE(object));
    const char *const utf8 = name ? PyUnicode_AsUTF8AndSize(name, NULL) : NULL;
    if (!utf8) PyErr_Clear();
    char text[200];
    const int size = snprintf(text, sizeof text, "<%.150s #%u>", utf8 ? utf8 : "object", object_number(object));
    Py_XDECREF(name);
    return number_of_utf8(text, size);
}

/* Returns the number of an exact int's digits, or 0 where it has more than a long long, of which str() may take long or refuse. */
static uint32_t number_of_int(PyObject *value) {
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow) return 0;
    char text[24], *const end = text + sizeof text, *begin = end; /* by hand: snprintf takes as long as the rest of a write */
    unsigned long long rest = number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
    do *--begin = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0) *--begin = '-';
    return number_of_utf8(begin, end - begin);
}

uint32_t number_of_value(PyObject *value) {
    if (!recording) return 0;
    if (PyUnicode_CheckExact(value)) return number_of_text(value);
    uint32_t number = 0;
    if (PyLong_CheckExact(value)) number = number_of_int(value);
    else if (value == Py_None || PyBool_Check(value) || PyFloat_CheckExact(value) || PyBytes_CheckExact(value)) {
        PyObject *const text = PyObject_Repr(value);
        if (text) number = number_of_text(text);
        else PyErr_Clear();
        Py_XDECREF(text);
    }
    return number ? number : number_of_object(value);
}
