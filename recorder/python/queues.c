// SPDX-License-Identifier: MIT
/* What goes through asyncio's queues: put_nowait, get_nowait and task_done of asyncio.Queue, which put, get and its subclasses call (3.8 to 3.13).

   An item is known by its address while it is in its queue, which holds it, whatever the queue does with it in between. Of an object that is there
   more than once the first is taken first, the last out of a LifoQueue: nobody can tell them apart. What comes out of a queue as another object than
   went in is not told, and neither is what a queue of the program's own has dropped as it was put, or a future that no task has put. */
#include "queues.h"

#include <stdlib.h>

typedef struct Item {
    struct Item *next; /* of its bucket, in order of their numbers */
    PyObject *object, *queue_object; /* only compared */
    uint32_t queue, number;
} Item;

/* Which of a class's methods are asyncio's. Classes are few, and kept: none comes again at another's address. */
typedef struct {
    PyTypeObject *type;
    bool is_lifo, puts_itself;
    bool is_plain; /* it does what asyncio.Queue does, by the methods that are known */
} QueueClass;

enum { CLASSES = 32, SMALLEST = 256 };
static QueueClass classes[CLASSES];
static int class_count;
static Item **buckets;
static uint32_t capacity, count, last_number;
static PyTypeObject *queue_type, *lifo_type, *priority_type;
static PyObject *original_put, *original_get, *original_task_done;
static PyObject *name_put, *name_queue;
static bool works_for_queues; /* asyncio.Queue's methods were CPython's, and what they do is known */

void forget_queues(void) {
    for (uint32_t at = 0; at < capacity; at++) {
        while (buckets[at]) {
            Item *const item = buckets[at];
            buckets[at] = item->next;
            free(item);
        }
    }
    count = last_number = 0;
    while (class_count) Py_DECREF(classes[--class_count].type);
}

static Item **bucket_of(uint32_t queue, const PyObject *object) {
    const uint64_t hash = (((uintptr_t)object >> 4) ^ (uint64_t)queue << 40) * 0x9e3779b97f4a7c15u;
    return &buckets[(uint32_t)(hash >> 32) & (capacity - 1)];
}

static void append(Item *item) {
    Item **place = bucket_of(item->queue, item->object);
    while (*place) place = &(*place)->next;
    item->next = NULL;
    *place = item;
}

/* Makes room for one more, leaving out what was in queues that have died. Returns false without memory. */
static bool grow(void) {
    if (count < capacity) return true;
    const uint32_t old_capacity = capacity;
    Item **const old = buckets, **const larger = calloc(capacity ? capacity * 2 : SMALLEST, sizeof(Item *));
    if (!larger) return false;
    buckets = larger;
    capacity = capacity ? capacity * 2 : SMALLEST;
    for (uint32_t at = 0; at < old_capacity; at++) {
        for (Item *item = old[at], *next; item; item = next) {
            next = item->next;
            if (has_number(item->queue_object, item->queue)) append(item);
            else free(item), count--;
        }
    }
    free(old);
    return true;
}

/* Takes an item out of the table. Returns its number; 0: it was not put. */
static uint32_t take_out(uint32_t queue, const PyObject *object, bool last) {
    Item **found = NULL;
    for (Item **place = capacity ? bucket_of(queue, object) : NULL; place && *place; place = &(*place)->next) {
        if ((*place)->queue != queue || (*place)->object != object) continue;
        found = place;
        if (!last) break;
    }
    if (!found) return 0;
    Item *const item = *found;
    const uint32_t number = item->number;
    *found = item->next;
    free(item);
    count--;
    return number;
}

/* Returns whether a class has a method that is none of asyncio's queues. */
static bool has_own(PyTypeObject *type, PyObject *name) {
    const PyTypeObject *const asyncios[] = {queue_type, lifo_type, priority_type};
    PyObject *const its = PyObject_GetAttr((PyObject *)type, name);
    bool is_own = true;
    for (size_t at = 0; its && at < sizeof asyncios / sizeof *asyncios; at++) {
        PyObject *const theirs = PyObject_GetAttr((PyObject *)asyncios[at], name);
        is_own &= theirs != its;
        Py_XDECREF(theirs);
    }
    PyErr_Clear();
    Py_XDECREF(its);
    return is_own;
}

/* Returns whether what asyncio.Queue's put_nowait and get_nowait call is asyncio.Queue's own. */
static bool is_plain(PyTypeObject *type) {
    static const char *const names[] = {"put_nowait", "get_nowait", "full", "empty", "qsize", "_put", "_get", "_wakeup_next"};
    bool is = asyncio.replaced && works_for_queues;
    for (size_t at = 0; is && at < sizeof names / sizeof *names; at++) {
        PyObject *const its = PyObject_GetAttrString((PyObject *)type, names[at]);
        PyObject *const own = PyObject_GetAttrString((PyObject *)queue_type, names[at]);
        is = its && its == own;
        Py_XDECREF(own);
        Py_XDECREF(its);
    }
    PyErr_Clear();
    return is;
}

static const QueueClass *class_of(PyObject *queue) {
    static QueueClass unknown;
    PyTypeObject *const type = Py_TYPE(queue);
    for (int at = 0; at < class_count; at++)
        if (classes[at].type == type) return &classes[at];
    QueueClass *const found = class_count < CLASSES ? &classes[class_count++] : &unknown;
    if (found != &unknown) Py_INCREF(type);
    *found = (QueueClass){type, PyType_IsSubtype(type, lifo_type), has_own(type, name_put), is_plain(type)};
    return found;
}

/* Returns how many items a queue of the program's own has, where that takes no code of the program's; else -1. */
static Py_ssize_t size_of(PyObject *queue) {
    PyObject *const items = PyObject_GetAttr(queue, name_queue);
    Py_ssize_t size = -1;
    if (items && (!(PyType_GetFlags(Py_TYPE(items)) & Py_TPFLAGS_HEAPTYPE) || Py_TYPE(items) == asyncio.deque)) size = PyObject_Size(items);
    PyErr_Clear();
    Py_XDECREF(items);
    return size;
}

/* Returns whether that may be as_completed, whose done callbacks and timer put futures, and None, into a queue of its own (Lib/asyncio/tasks.py):
   what is awaited changes nothing of whom a task works for. */
static bool is_of_as_completed(PyObject *object) {
    return !current_task() && (object == Py_None || Py_TYPE(object) == asyncio.future || Py_TYPE(object) == asyncio.task);
}

static void record_put(PyObject *queue, PyObject *object) {
    if (is_of_as_completed(object)) return;
    Item *const item = grow() ? malloc(sizeof *item) : NULL;
    if (!item) return;
    *item = (Item){NULL, object, queue, object_number(queue), ++last_number};
    count++;
    append(item);
    const uint32_t line = line_of_caller();
    record_within(SPOOL_PUT, item->number, item->queue, line);
}

static void record_take(PyObject *queue, PyObject *object, bool is_lifo) {
    const uint32_t number = object_number(queue), item = take_out(number, object, is_lifo);
    if (!item) return;
    const uint32_t line = line_of_caller();
    record_within(SPOOL_TAKE, item, number, line);
}

static PyObject *put_nowait(PyObject *queue, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    if (!recording || size != 1 || names) return call_with_self(original_put, queue, arguments, size, names);
    const QueueClass *const known = class_of(queue);
    const Work work = known->is_plain ? put_item(queue, arguments[0], record_put) : WORK_NOT_DONE;
    if (work == WORK_DONE) {
        Py_INCREF(Py_None);
        return Py_None;
    }
    if (work == WORK_FAILED) return NULL;
    const Py_ssize_t before = known->puts_itself ? size_of(queue) : -1;
    PyObject *const result = call_with_self(original_put, queue, arguments, size, NULL);
    if (result && recording && (before < 0 || size_of(queue) == before + 1)) record_put(queue, arguments[0]);
    return result;
}

static PyObject *get_nowait(PyObject *queue, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    if (!recording) return call_with_self(original_get, queue, arguments, size, names);
    const QueueClass *const known = class_of(queue);
    PyObject *object = NULL;
    const Work work = known->is_plain && !size && !names ? get_item(queue, &object) : WORK_NOT_DONE;
    if (work == WORK_NOT_DONE) object = call_with_self(original_get, queue, arguments, size, names);
    if (object && recording) record_take(queue, object, known->is_lifo);
    return object;
}

static PyObject *task_done(PyObject *queue, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const result = call_with_self(original_task_done, queue, arguments, size, names);
    if (!result || !recording) return result;
    const uint32_t number = object_number(queue), line = line_of_caller();
    record_within(SPOOL_TASK_DONE, 0, number, line);
    return result;
}

/* Returns whether the methods are functions of asyncio's own module, and not another tool's. */
static bool are_asyncios(void) {
    return is_asyncios(queue_type, "put_nowait", "asyncio.queues") && is_asyncios(queue_type, "get_nowait", "asyncio.queues") &&
           is_asyncios(queue_type, "_put", "asyncio.queues") && is_asyncios(queue_type, "_wakeup_next", "asyncio.queues");
}

static PyMethodDef methods[] = {FAST_METHOD("put_nowait", put_nowait), FAST_METHOD("get_nowait", get_nowait), FAST_METHOD("task_done", task_done)};

bool install_queues(void) {
    return (name_put = PyUnicode_InternFromString("_put")) && (name_queue = PyUnicode_InternFromString("_queue")) &&
           (queue_type = (PyTypeObject *)look_up("asyncio.queues", "Queue")) &&
           (lifo_type = (PyTypeObject *)look_up("asyncio.queues", "LifoQueue")) &&
           (priority_type = (PyTypeObject *)look_up("asyncio.queues", "PriorityQueue")) &&
           learn_queue_work(queue_type) && ((works_for_queues = knows_queue_work() && are_asyncios()), true) &&
           (original_put = replace_method(queue_type, "put_nowait", &methods[0])) &&
           (original_get = replace_method(queue_type, "get_nowait", &methods[1])) &&
           (original_task_done = replace_method(queue_type, "task_done", &methods[2]));
}
