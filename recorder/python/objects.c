// SPDX-License-Identifier: MIT
/* Numbers of the objects that tasks wait for, and of values whose text would take code of the user's. */
#include "recorder.h"

#include <stdlib.h>
#include <string.h>

/* An address is a name only while its object lives. Most objects can say whether they do, by a weak reference, which does not keep them;
   of the others an address and a type are all there is. */
typedef struct {
    PyObject *object; /* only compared */
    PyObject *alive;  /* a weak reference to it, owned; NULL where there can be none */
    PyTypeObject *type;
    uint32_t number; /* 0: free */
} Object;

static Object *objects;
static uint32_t capacity, count;
static uint32_t last_number;

static uint32_t slot_of(const PyObject *object) {
    return (uint32_t)(((uintptr_t)object >> 4) * 0x9e3779b97f4a7c15u >> 32) & (capacity - 1);
}

static Object *place_of(const PyObject *object) {
    uint32_t at = slot_of(object);
    while (objects[at].number && objects[at].object != object) at = (at + 1) & (capacity - 1);
    return &objects[at];
}

/* 3.13 has another function for it, which earlier ones lack, and calls this one deprecated. */
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
static bool is_alive(const Object *entry) { return !entry->alive || PyWeakref_GetObject(entry->alive) == entry->object; }

void forget_objects(void) {
    for (uint32_t at = 0; at < capacity; at++)
        if (objects[at].number) Py_XDECREF(objects[at].alive);
    free(objects);
    objects = NULL;
    capacity = count = last_number = 0;
}

/* Makes room for one more, leaving out objects that have died. Returns false without memory. */
static bool grow(void) {
    if (count * 2 < capacity) return true;
    Object *const old = objects;
    const uint32_t old_capacity = capacity;
    uint32_t living = 0;
    for (uint32_t at = 0; at < old_capacity; at++) living += old[at].number && is_alive(&old[at]);
    uint32_t larger = 256;
    while (larger < living * 4) larger *= 2;
    Object *const made = calloc(larger, sizeof *made);
    if (!made) return false;
    objects = made;
    capacity = larger;
    count = living;
    for (uint32_t at = 0; at < old_capacity; at++) {
        if (!old[at].number) continue;
        if (is_alive(&old[at])) *place_of(old[at].object) = old[at];
        else Py_XDECREF(old[at].alive);
    }
    free(old);
    return true;
}

bool has_number(const PyObject *object, uint32_t number) {
    const Object *const known = capacity ? place_of(object) : NULL;
    return known && known->number == number && is_alive(known);
}

uint32_t object_number(PyObject *object) {
    const Object *const known = capacity ? place_of(object) : NULL;
    if (known && known->number && known->type == Py_TYPE(object) && is_alive(known)) return known->number;
    PyObject *const alive = PyWeakref_NewRef(object, NULL); /* which may collect garbage, and so come by here: the place is looked for behind it */
    if (!alive) PyErr_Clear();
    if (!grow()) return Py_XDECREF(alive), 0;
    Object *const entry = place_of(object);
    PyObject *const dead = entry->number ? entry->alive : NULL;
    count += !entry->number;
    *entry = (Object){object, alive, Py_TYPE(object), ++last_number};
    const uint32_t number = last_number;
    Py_XDECREF(dead);
    return number;
}
