// SPDX-License-Identifier: MIT
/* The spool: the file through which a program that is recorded tells what it does, while it does it.

   A recorder (recorder/python, or any program that includes this header) appends records of 16 bytes; a reader (core/intake) follows it
   through the same pages, which both have mapped. The file is a head of SPOOL_HEAD_BYTES and records from there on. It needs no end:
   whatever is below `Spool_head.published` is whole, also after the writer was killed. Where schedules are explored, a spool has one run at a
   time: the writer begins anew at its first record once the reader, which gives nothing back to the file system, has read all of it.

   One process writes a spool, one thread at a time (CPython: whoever holds the GIL). Integers have the byte order of the machine: both
   ends run on it. Plain C99, no dependency. */
#ifndef LOOPSCOPE_RECORDER_SPOOL_H
#define LOOPSCOPE_RECORDER_SPOOL_H

#include <stdint.h>

#define SPOOL_MAGIC "LSPOOL\0\1"
enum { SPOOL_HEAD_BYTES = 4096, SPOOL_TEXT_AT = 1024, SPOOL_VARIABLES = 512 };

/* The first page of the file. Words that both ends write are futexes or bytes, and are read and written atomically. */
typedef struct {
    char magic[8];
    uint64_t published; /* records that are whole; the writer stores it with release */
    uint32_t gate;      /* 0: the program runs freely; 1: it waits before each handle for a permit. The reader writes it, and may at any time: it
                           wakes `permits` then. The writer opens it, and keeps it open, once something ends the program or its reader is gone */
    uint32_t permits;   /* futex: handles that may run; the reader adds, the writer takes */
    uint32_t paused;    /* futex: 1 while threads stand before handles and none runs one that was let through. It is 0 before a permit is taken,
                           so who sees `permits` 0 and then this 1 sees it after the handle */
    uint32_t process;   /* the writer's process ID */
    uint32_t flags;     /* SPOOL_… below */
    uint32_t selected_later; /* the storage + 1 that answers reads of the variables that come to be from now on and that are meant where
                                none is named, as the reader wishes it; 0: no wish */
    uint64_t began;     /* the wall clock at time 0 of the records, ns since 1970 */
    uint8_t selected[SPOOL_VARIABLES]; /* by variable: the storage that answers its reads + 1, as the reader wishes it; 0: no wish */
    char pad[SPOOL_TEXT_AT - 560];
    char about[SPOOL_HEAD_BYTES - SPOOL_TEXT_AT]; /* lines of UTF-8, then 0: implementation and version, executable, folder, arguments */
} Spool_head;

enum { /* flags of the head */
    SPOOL_REPLACED = 1, /* the loop's methods were replaced, not wrapped */
    SPOOL_FALLBACK = 2, /* written without the C extension */
    SPOOL_VIRTUAL = 4,  /* times are a virtual clock's */
    SPOOL_LINES = 8,    /* lines are recorded */
    SPOOL_LIVE = 16,    /* it can be paused: the loops' clock, which is that of the records, stands while it is */
    SPOOL_PAUSED = 32,  /* the gate was closed from the beginning */
    SPOOL_ANY_THREAD = 64 /* a task runs on whichever thread resumes it, and is woken by that */
};

/* A record. `head` holds its kind in the low 8 bits and, above them, the nanoseconds since the last `SPOOL_CLOCK` record. */
typedef struct {
    uint32_t head, subject, a, b;
} Spool_record;

/* A handle is named by its address, 48 bits: `a` has the low 32, the low half of `b` the rest. The upper half of `b` holds flags. A name
   is good until the handle has run, or was cancelled and its iteration has passed it by; then it may come again. */
enum {
    SPOOL_HANDLE_TIMER = 1 << 16,     /* it is a TimerHandle */
    SPOOL_HANDLE_THROWS = 1 << 17,    /* run: CancelledError is thrown into the task */
    SPOOL_HANDLE_CALLBACK_AT = 24     /* ready, io, timer: from this bit on, the trace's Callback */
};

/* Numbers of strings, threads, files, loops, tasks, variables, writes, objects, items and connections go from 1, each in order of appearance; 0 is none. The
   running task is not said: it is the one whose `run` has no `ran` yet on the thread that writes. Lines are of the file that the last
   `file` record named. Values of outcome, wait, callback, storage, cancel and ending are those of core/trace/kinds.def. */
enum {
    SPOOL_CLOCK = 1,      /* a, b: nanoseconds since the recording began, low and high half; later records count from here */
    SPOOL_STRING,         /* subject: its number; a: its size in bytes. The bytes follow in as many raw records as they need */
    SPOOL_THREAD,         /* later records are of this thread. subject: thread; a: its name */
    SPOOL_FILE,           /* later lines are of this file. subject: file; a: its path, at the first time */
    SPOOL_LOOP,           /* subject: loop; a: its class's name; b: 0 it was made, 1 it is closed */
    SPOOL_ITERATION,      /* an iteration is about to run its first handle. subject: loop; a: handles in its snapshot, that one included */
    SPOOL_DUE,            /* a timer is in the snapshot of the `iteration` that follows. a, b: handle. In the order of the ready queue */
    SPOOL_RUN,            /* a handle begins to run. subject: task whose step it is, or 0; a, b: handle and flags */
    SPOOL_RAN,            /* it has run. subject: that task, or 0; a: the exception's type; b: line << 8 | SPOOL_RAN_… */
    SPOOL_READY,          /* call_soon, of a callback. subject: name; a, b: handle and Callback */
    SPOOL_WAKE,           /* call_soon, of a task's step. subject: task; a, b: handle */
    SPOOL_IO,             /* _add_callback: a descriptor is ready, or a signal came. subject: name; a, b: handle and Callback */
    SPOOL_TIMER,          /* call_at. subject: name; a, b: handle and Callback. A `deadline` follows */
    SPOOL_DEADLINE,       /* of the `timer` before. a, b: nanoseconds on the recording's clock, low and high half */
    SPOOL_HANDLE_CANCEL,  /* a, b: handle and whether it is a timer */
    SPOOL_TASK,           /* a task is made. subject: task; a: its coroutine's name; b: line << 8 | Start. Its parent is the running task */
    SPOOL_TASK_NAME,      /* subject: task; a: name that it was given */
    SPOOL_WAIT,           /* the running task will wait for this; its `ran` follows. subject: object, task, or low half of a timer's handle;
                             a: Wait; b: high half of a timer's handle */
    SPOOL_TASK_CANCEL,    /* subject: task; b: line << 8 | Cancel */
    SPOOL_STOP,           /* loop.stop(). subject: loop */
    SPOOL_VARIABLE,       /* subject: variable; a: name; b: the storage that is its own, and SPOOL_VARIABLE_… */
    SPOOL_STORAGE,        /* reads are answered by another storage from here on. subject: variable, 0: all; b: storage */
    SPOOL_SET,            /* a write; writes are numbered from 1 in this order. subject: variable; a: value; b: line */
    SPOOL_GET,            /* a read. subject: variable; a: write that it saw, 0: default, SPOOL_UNKNOWN: the `found` before; b: line */
    SPOOL_FOUND,          /* what the next `get` sees, whose writer is unknown. subject: variable; a: value; b: line */
    SPOOL_DEFAULT,        /* the variable's default, as a read saw it for the first time. subject: variable; a: value */
    SPOOL_RESET,          /* ContextVar.reset. subject: variable; a: the write that reads see again, 0: none; b: line */
    SPOOL_OUTPUT,         /* text was written. subject: descriptor, 1 or 2 | SPOOL_OUTPUT_VALUE; a: text; b: line */
    SPOOL_JOB,            /* an executor's job begins on this thread. subject: task that asked for it, or 0; a: name */
    SPOOL_JOB_END,        /* a: the exception's type; b: Outcome */
    SPOOL_MESSAGE,        /* what the exception of the last ran, job_end or exit said. a: text */
    SPOOL_EXIT,           /* the program is over. subject: exit code; a: the exception's type; b: Ending */
    SPOOL_STOPPED,        /* the recording ends here, the program goes on. a: why, a sentence */
    SPOOL_PUT,            /* an item is put into a queue. subject: item; a: queue, an object; b: line */
    SPOOL_TAKE,           /* it is taken out, as the object that was put. subject: item; a: queue; b: line */
    SPOOL_TASK_DONE,      /* queue.task_done(). a: queue; b: line */
    SPOOL_CONNECTION,     /* a server has accepted a connection. subject: connection; a: its peer */
    SPOOL_SERVE,          /* the callback that runs reads what has come by a connection. subject: connection; a: class of its protocol */
    SPOOL_COPY,           /* what the task, ready, timer or descriptor before it is about runs in a copy of the context that is current here.
                             a: name of the call that made the copy; b: line */
    SPOOL_DESCRIPTOR,     /* what to call for a descriptor is said to the loop; its `io` will name this handle. a, b: handle. A `copy` follows */
    SPOOL_CHOICE,         /* the schedule has chosen. subject: freedom, as in core/loop/chooser.hpp; a: alternatives, two or more; b: the one that was
                             taken, 0: asyncio's own. Those of the ready queue stand before their `iteration`, one for each place with two or
                             more handles left: which of these comes next */
    SPOOL_OBJECT_NAME     /* what an object that tasks wait for is called. subject: object; a: name */
};

enum { /* what `ran` says in its low 8 bits */
    SPOOL_RAN_YIELDS = 0, /* the task yields to the next iteration, which will run the same handle's successor: no `wake` is written */
    SPOOL_RAN_WAITS = 1,  /* a `wait` was written before it */
    SPOOL_RAN_RESULT = 2, /* the task has ended; or the callback has */
    SPOOL_RAN_EXCEPTION = 3,
    SPOOL_RAN_CANCELLED = 4
};
enum { /* flags of a variable: where a storage is selected and no variable is named, the watched ones are meant, or, if there are none, the user's */
    SPOOL_VARIABLE_WATCHED = 0x100, /* a name that the user watches, or a key of aiotask_context */
    SPOOL_VARIABLE_USERS = 0x200    /* the user's files made it */
};
enum { SPOOL_OUTPUT_VALUE = 0x100 }; /* output: the text is what one of the last `get`s of the same step returned */
#define SPOOL_UNKNOWN 0xffffffffu

#endif
