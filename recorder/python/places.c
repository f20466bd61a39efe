// SPDX-License-Identifier: MIT
/* Which variable an object is, or an attribute of an object: a hash table by their addresses. */
#include "variables.h"

#include <stdlib.h>

static Place *places;
static uint32_t place_capacity, place_count;
static Place *last_place; /* that was asked for; NULL: none, or they have moved */

static Place *slot_of(PyObject *object, PyObject *attribute) {
    const uint64_t hash = ((uintptr_t)object >> 4) * 0x9e3779b97f4a7c15u ^ ((uintptr_t)attribute >> 4) * 0xc2b2ae3d27d4eb4fu;
    uint32_t at = (uint32_t)(hash >> 32) & (place_capacity - 1);
    while (places[at].object && (places[at].object != object || places[at].attribute != attribute)) at = (at + 1) & (place_capacity - 1);
    return &places[at];
}

static bool grow_places(void) {
    if (place_count * 2 < place_capacity) return true;
    const uint32_t old_capacity = place_capacity;
    Place *const old = places;
    Place *const larger = calloc(old_capacity ? old_capacity * 2 : 256, sizeof *larger);
    if (!larger) return false;
    places = larger;
    place_capacity = old_capacity ? old_capacity * 2 : 256;
    for (uint32_t at = 0; at < old_capacity; at++)
        if (old[at].object) *slot_of(old[at].object, old[at].attribute) = old[at];
    free(old);
    return true;
}

Place *known_place(PyObject *object, PyObject *attribute) {
    if (last_place && last_place->object == object && last_place->attribute == attribute) return last_place;
    Place *const place = place_capacity ? slot_of(object, attribute) : NULL;
    return place && place->object ? last_place = place : NULL;
}

Place *place_of(PyObject *object, PyObject *attribute, bool *is_new) {
    Place *const known = known_place(object, attribute);
    *is_new = !known;
    if (known) return known;
    last_place = NULL;
    if (!grow_places()) return NULL;
    Place *const place = slot_of(object, attribute);
    *place = (Place){object, attribute, NULL, false, NULL};
    place_count++;
    return place;
}

void drop_places(void) {
    Place *const old = places;
    const uint32_t old_capacity = place_capacity;
    places = last_place = NULL;
    place_capacity = place_count = 0;
    for (uint32_t at = 0; at < old_capacity; at++) Py_XDECREF(old[at].kept);
    free(old);
}
