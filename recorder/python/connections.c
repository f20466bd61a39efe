// SPDX-License-Identifier: MIT
/* Connections that a server has accepted, and what comes in by them. A transport says itself that it is a server's; each time that it reads, a request
   of the connection is taken: whether that is one, a part of one or several, only its protocol knows. */
#include "asyncio.h"

#include <stdlib.h>

typedef struct {
    PyObject *transport; /* only compared; each that is made at the address of another comes by here. NULL: free */
    uint32_t number;     /* 0: a client's */
    uint32_t protocol;   /* number of the name of its protocol's class */
} Connection;

static Connection *connections;
static uint32_t capacity, count, last_number;
static PyObject *original_init, *read_ready;

void forget_connections(void) {
    free(connections);
    connections = NULL;
    capacity = count = last_number = 0;
}

static Connection *place_of(const PyObject *transport) {
    uint32_t at = (uint32_t)(((uintptr_t)transport >> 4) * 0x9e3779b97f4a7c15u >> 32) & (capacity - 1);
    while (connections[at].transport && connections[at].transport != transport) at = (at + 1) & (capacity - 1);
    return &connections[at];
}

static bool grow(void) {
    if (count * 2 < capacity) return true;
    Connection *const old = connections, *const larger = calloc(capacity ? capacity * 2 : 64, sizeof *larger);
    if (!larger) return false;
    const uint32_t old_capacity = capacity;
    connections = larger;
    capacity = capacity ? capacity * 2 : 64;
    for (uint32_t at = 0; at < old_capacity; at++)
        if (old[at].transport) *place_of(old[at].transport) = old[at];
    free(old);
    return true;
}

static PyObject *attribute(PyObject *object, const char *name) {
    PyObject *const value = PyObject_GetAttrString(object, name);
    if (!value) PyErr_Clear();
    return value;
}

/* Returns the number of a peer's name: `host:port`, under a schedule `host`, or a path; 0: it has none. */
static uint32_t name_of_peer(PyObject *transport) {
    PyObject *const extra = attribute(transport, "_extra");
    PyObject *const peer = extra && PyDict_CheckExact(extra) ? PyDict_GetItemString(extra, "peername") : NULL;
    PyObject *text = NULL;
    if (peer && PyTuple_CheckExact(peer) && PyTuple_Size(peer) >= 2) {
        PyObject *const host = PyTuple_GetItem(peer, 0), *const port = PyTuple_GetItem(peer, 1);
        if (PyUnicode_CheckExact(host) && PyLong_CheckExact(port))
            text = follows_schedule ? PyUnicode_FromObject(host) : PyUnicode_FromFormat("%U:%S", host, port);
    } else if (peer && PyUnicode_CheckExact(peer)) {
        Py_INCREF(peer);
        text = peer;
    }
    const uint32_t number = text && PyUnicode_GetLength(text) ? number_of_text(text) : 0;
    PyErr_Clear();
    Py_XDECREF(text);
    Py_XDECREF(extra);
    return number;
}

static void note(PyObject *transport) {
    PyObject *const server = attribute(transport, "_server"), *const protocol = attribute(transport, "_protocol");
    const bool is_servers = server && server != Py_None;
    if (grow() && (is_servers || place_of(transport)->transport)) {
        Connection *const connection = place_of(transport);
        count += !connection->transport;
        *connection = (Connection){transport, is_servers ? ++last_number : 0, protocol ? number_of_type_name(Py_TYPE(protocol)) : 0};
        if (is_servers) record(SPOOL_CONNECTION, connection->number, name_of_peer(transport), 0);
    }
    Py_XDECREF(protocol);
    Py_XDECREF(server);
}

static PyObject *transport_init(PyObject *transport, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    PyObject *const result = call_with_self(original_init, transport, arguments, size, names);
    if (result && recording) note(transport);
    return result;
}

PyObject *transport_that_reads(PyObject *callback) {
    return capacity && Py_TYPE(callback) == &PyMethod_Type && PyMethod_Function(callback) == read_ready ? PyMethod_Self(callback) : NULL;
}

void record_serve(PyObject *transport) {
    const Connection *const connection = capacity ? place_of(transport) : NULL;
    if (connection && connection->number) record_also(SPOOL_SERVE, connection->number, connection->protocol, 0);
}

static PyMethodDef method = FAST_METHOD("__init__", transport_init);

bool install_connections(void) {
    PyObject *const transport = look_up("asyncio.selector_events", "_SelectorSocketTransport");
    read_ready = transport ? PyObject_GetAttrString(transport, "_read_ready") : NULL;
    return read_ready && (original_init = replace_method((PyTypeObject *)transport, "__init__", &method));
}
