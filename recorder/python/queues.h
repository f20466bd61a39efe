// SPDX-License-Identifier: MIT
/* Doing the work of asyncio's queues: queue_work.c. */
#ifndef LOOPSCOPE_RECORDER_QUEUES_H
#define LOOPSCOPE_RECORDER_QUEUES_H

#include "asyncio.h"

typedef enum {
    WORK_NOT_DONE, /* nothing was changed: asyncio's own method is to do it */
    WORK_DONE,
    WORK_FAILED /* with an exception */
} Work;

/* Put an item into a queue and take the next one out of it, a new reference, as put_nowait and get_nowait of asyncio.Queue do. `is_put` is called
   once the item is in, before whoever waits for it is woken. */
Work put_item(PyObject *queue, PyObject *item, void (*is_put)(PyObject *queue, PyObject *item));
Work get_item(PyObject *queue, PyObject **item);

/* Learns what that takes. Returns false with an exception. */
bool learn_queue_work(PyTypeObject *queue_type);

/* Returns whether all of it was found. */
bool knows_queue_work(void);

#endif
