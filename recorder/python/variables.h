// SPDX-License-Identifier: MIT
/* What the C files that deal with variables share: variables.c, storages.c, context_variables.c, thread_locals.c, watched.c.

   A variable is whatever a program may keep something in that belongs to a request: a ContextVar, an attribute of a threading.local, a key of
   aiotask_context, and, where --watch names it, a global or a class attribute. Each has a storage of its own, the one that the program has
   chosen. Who wrote a value is known by a cell that stands beside it: a ContextVar beside a ContextVar, so that contexts are copied with it,
   a dict for each task beside aiotask_context's, and so on.

   Where storages may be switched (--switch, live), a variable is `kept`: each write makes a cell that holds the value, and all seven storages
   hold the cell. Only then does a recording keep values alive. Otherwise a cell has the value's address, to be compared, in its own storage. */
#ifndef LOOPSCOPE_RECORDER_VARIABLES_H
#define LOOPSCOPE_RECORDER_VARIABLES_H

#include "recorder.h"

/* In the order of core/trace/storage.hpp. */
typedef enum {
    STORAGE_ARGUMENT,
    STORAGE_GLOBAL,
    STORAGE_THREAD_LOCAL,
    STORAGE_CONTEXT_SHARED,
    STORAGE_CONTEXT_COPY,
    STORAGE_CONTEXT_CHAINMAP,
    STORAGE_CONTEXTVAR,
    STORAGES
} Storage;

typedef enum { KIND_WATCHED, KIND_KEY, KIND_CONTEXT_VARIABLE, KIND_THREAD_LOCAL } Kind;

/* One write: a Python object, so that contexts and dicts can hold it. */
typedef struct {
    PyObject_HEAD
    PyObject *value; /* owned by a cell of a variable that is kept, else only compared */
    PyTypeObject *type; /* the value's; only compared */
    uint32_t write;  /* its number */
    uint32_t text;   /* number of the value's text */
} Cell;

typedef struct {
    uint32_t number; /* 0: not used yet */
    Kind kind;
    PyObject *name;   /* owned str */
    PyObject *key;    /* owned int: its key in the dicts of storages.c */
    PyObject *shadow; /* owned ContextVar that holds a Cell; NULL before the first write */
    PyObject *global; /* owned Cell or NULL: storage `global` */
    PyObject *base;   /* owned Cell or NULL: the last write that was made outside tasks, which storages of tasks fall back to */
    uint32_t preset;  /* number of its default's text; 0: not said */
    Storage own, selected;
    uint8_t wish; /* what the head page said last */
    bool kept, is_users;
} Variable;

/* ---- storages.c: the cells ------------------------------------------------------------------------------------------------------ */

/* Makes the types. Returns false with an exception. */
bool make_cells(void);

/* Returns a new cell, or NULL without memory and no exception. */
PyObject *new_cell(const Variable *variable, PyObject *value, uint32_t write, uint32_t text);

/* Returns the cell that a variable has in a storage, as seen from here: a new reference, or NULL with no exception. */
PyObject *cell_in(Variable *variable, Storage storage);

/* Puts a cell into all storages of a variable that is kept, into its own of another one; NULL takes out what is there. But for the shadow of
   a ContextVar it is done here. */
void put_cell(Variable *variable, PyObject *cell);

/* Makes the cell that was put last stand for another write of its variable, where that is what putting a new one would come to: it was put from here,
   and nothing has copied it since, as a context or a task does. Returns false, having done nothing, where that is not known. */
bool put_again(Variable *variable, PyObject *value, uint32_t write, uint32_t text);

/* contexts.c: returns whether the current context, and no other one, holds an object that it holds once. Where this CPython lays out contexts in another
   way than those that are known, none does. */
bool is_only_in_context(PyObject *object);

/* Sets a variable's shadow in the current context; None stands for no cell. */
void put_shadow(Variable *variable, PyObject *cell);

extern bool tasks_have_cells;   /* some variable needs what tasks carry */
extern PyObject *value_copier;  /* copies what copy.deepcopy may be asked to copy; NULL: nothing is copied */

/* ---- variables.c ------------------------------------------------------------------------------------------------------------------ */

/* Returns a new variable, or NULL where there are too many or no memory. */
Variable *new_variable(PyObject *name, Kind kind, Storage own, bool is_users);

/* Tells the variable to the reader, if that was not done. `preset` is its default, or NULL. */
void say_variable(Variable *variable, PyObject *preset);

/* Records a write, and returns its cell in the variable's storages: a new reference, or NULL. */
PyObject *record_set(Variable *variable, PyObject *value, uint32_t line);

/* Records a write, and returns its number, and that of the value's text. */
uint32_t record_write(Variable *variable, PyObject *value, uint32_t line, uint32_t *text);

/* Records a read of `value`, which `cell`, or the variable's default if `is_preset`, or nobody knows who, has put there. */
void record_get(Variable *variable, PyObject *value, PyObject *cell, bool is_preset, uint32_t line);

/* Records a read that sees the value of `cell`, of a variable that was said. Returns false, having done nothing, if an earlier spool has that
   write. */
bool record_known_get(const Variable *variable, const Cell *cell, uint32_t line);

/* Records that a variable has again what `cell` stands for; NULL: no value that is known. */
void record_reset(Variable *variable, PyObject *cell, uint32_t line);

/* Returns the storage that answers reads, having looked what the reader of the spool wishes. */
Storage storage_of(Variable *variable);

/* Returns whether a variable's own storage answers its reads. */
static inline bool answers_itself(Variable *variable) { return !variable->kept || storage_of(variable) == variable->own; }

/* Returns what a read sees: `value`, which the program's own storage said (a reference that is taken; NULL: it has none), or the value in the
   selected storage. Records it. Returns NULL with no exception where there is none. `own_cell`: borrowed cell beside `value`. */
PyObject *answer(Variable *variable, PyObject *value, PyObject *own_cell, bool is_preset, uint32_t line);

/* Returns whether variables of this kind and name have to be kept. */
bool is_to_be_kept(PyObject *name, Kind kind, bool is_users);

extern bool everything_is_kept; /* live */

/* Forget the cells that tasks and the calling thread carry, what is known of tokens and ContextVars, and all places. */
void drop_carried(void), drop_tokens(void), drop_places(void);

/* Asks the launcher whose an object is that holds variables: 0 a library's, 1 the program's, 2 the standard library's. */
int whose(PyObject *object);

/* Tells who answers `whose`, a Python function; it is kept. */
void set_owner_of(PyObject *function);

/* Takes what --switch says: a list of (seconds, name or None, storage); `watch`: names are watched. Returns false with an exception. */
bool set_switches(PyObject *list, bool watch);

/* Returns a list of the names in --switch that no variable had, or NULL with an exception. */
PyObject *unused_switches(void);

/* Begins from nothing, in a second spool: no variable was said, no write counts. */
void forget_variables(void);

/* ---- by address: which variable an object is, or an attribute of an object ----------------------------------------------------------- */

typedef struct {
    PyObject *object, *attribute; /* only compared */
    Variable *variable;           /* NULL: not to be recorded */
    bool inherited;               /* the attribute is another class's, from which the object has it */
    PyObject *kept;               /* owned: object or attribute, where that has to stay so that its address is good; or NULL */
} Place;

/* Returns the place of an object, or of an attribute of it; its variable is NULL and `*is_new` true if it was not asked for before. NULL without
   memory. Good until the next call. */
Place *place_of(PyObject *object, PyObject *attribute, bool *is_new);

/* Returns the place of an object, or of an attribute of it; NULL if it was not asked for by `place_of` before. Good until the next call. */
Place *known_place(PyObject *object, PyObject *attribute);

/* ---- context_variables.c, thread_locals.c, watched.c: hooks, and what rewritten code calls ------------------------------------------ */

/* Put their hooks in. Return false with an exception; nothing is changed then. */
bool hook_context_variables(void);

/* Sees reads through a Context from here on, where this CPython lets it. */
void hook_contexts(void);

/* Returns the variable that an object is, if it is a ContextVar and has not the name of our shadows; else NULL. */
Variable *context_variable(PyObject *object);
bool hook_thread_locals(void);

extern PyMethodDef watched_functions[];

#endif
