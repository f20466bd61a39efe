// SPDX-License-Identifier: MIT
/* What runs: steps of tasks and callbacks, from `run` to `ran`. */
#include "asyncio.h"

#include <stdlib.h>

static Step *spare; /* of all threads: whoever has the GIL */

Step *push_step(PyObject *task) {
    Step *step = spare;
    if (step) spare = step->outer;
    else step = malloc(sizeof *step);
    if (!step) return NULL;
    *step = (Step){.outer = here.step, .task = task};
    Py_XINCREF(task);
    return step;
}

/* Takes a step off the thread's, and keeps its memory for the next. */
static void pop_step(Step *step) {
    here.step = step->outer;
    Py_XDECREF(step->task);
    step->outer = spare;
    spare = step;
}

void forget_running(void) {
    while (here.step) pop_step(here.step);
    forget_reads();
    here.fresh_loop = NULL;
    here.in_job = false;
}

Ended ended_by(PyObject *exception) {
    Ended ended = {SPOOL_RAN_EXCEPTION, 0, exception};
    if (exception && PyErr_GivenExceptionMatches(exception, asyncio.cancelled_error)) ended.outcome = SPOOL_RAN_CANCELLED;
    else if (exception) ended.name = number_of_exception(exception);
    return ended;
}

Ended look_at_error(void) {
    PyObject *type, *exception, *traceback;
    PyErr_Fetch(&type, &exception, &traceback);
    PyErr_NormalizeException(&type, &exception, &traceback);
    Py_XINCREF(exception);
    const Ended ended = ended_by(exception);
    PyErr_Restore(type, exception, traceback);
    return ended;
}

/* Writes how the task is after its step. */
static void end_step(Step *step) {
    const unsigned outcome = outcome_of_task(step->task);
    if (!outcome) {
        const uint32_t says = suspend(step);
        record(SPOOL_RAN, step->number, 0, says);
        return;
    }
    PyObject *const exception = outcome == SPOOL_RAN_EXCEPTION ? exception_of_task(step->task) : NULL;
    const uint32_t name = exception ? number_of_exception(exception) : 0;
    record(SPOOL_RAN, step->number, name, outcome);
    if (exception) record_message(exception);
    Py_XDECREF(exception);
    end_task(step->task, step->number);
}

void begin_run(Step *step, PyObject *handle, uint32_t flags) {
    if (step->task && !step->number) step->number = number_of_task(step->task);
    forget_reads();
    record(SPOOL_RUN, step->number, handle ? low_half(handle) : 0, handle ? high_half(handle) | flags : 0);
    here.step = step;
}

void end_run(Step *step, const Ended *ended) {
    PyObject *type, *error, *traceback;
    PyErr_Fetch(&type, &error, &traceback);
    if (step->task) {
        end_step(step);
    } else {
        record(SPOOL_RAN, 0, ended->name, ended->outcome);
        if (ended->exception && ended->outcome == SPOOL_RAN_EXCEPTION) record_message(ended->exception);
    }
    if (!step->task) Py_XDECREF(ended->exception);
    pop_step(step);
    PyErr_Restore(type, error, traceback);
}
