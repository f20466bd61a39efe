# SPDX-License-Identifier: MIT
"""What tasks work for, for the recorder in Python: items of queues and requests of connections, as queues.c and connections.c tell them, but for the
lines, which would take longer than all the rest."""

import collections
import weakref
from asyncio import events, futures, queues, selector_events, tasks

from loopscope_recorder.fallback_tasks import WAIT_GET, WAIT_PUT, dress

WAIT, PUT, TAKE, TASK_DONE, CONNECTION, SERVE = 18, *range(34, 39)
FUTURES = (futures.Future, futures._PyFuture, tasks.Task, tasks._PyTask)
SIZED = (collections.deque, collections.OrderedDict, list, dict, set)


class Items:
    """What is in one queue: by an object's address its number, or numbers where it was put more than once."""

    def __init__(self, number, queue, forget):
        self.number = number
        self.by_address = {}
        self.is_lifo = isinstance(queue, queues.LifoQueue)
        self.alive = weakref.ref(queue, forget)
        asyncios = (queues.Queue, queues.LifoQueue, queues.PriorityQueue)
        self.puts_itself = not any(type(queue)._put is each._put for each in asyncios)
        self.is_plain = type(queue) is queues.Queue and type(queue._queue) is collections.deque
        # Who waits, and the `wait` record of whoever is the last of them.
        self.getters = queue._getters, (WAIT | number << 32, WAIT_GET)
        self.putters = queue._putters, (WAIT | number << 32, WAIT_PUT)

    def add(self, item, number):
        known = self.by_address.get(id(item))
        if known is None:
            self.by_address[id(item)] = number
        elif type(known) is int:
            self.by_address[id(item)] = [known, number]
        else:
            known.append(number)

    def take(self, item):
        """Returns the number of an item that is there more than once, and forgets it."""
        numbers = self.by_address[id(item)]
        number = numbers.pop(-1 if self.is_lifo else 0)
        if not numbers:
            del self.by_address[id(item)]
        return number


def install(hooks):
    """Hooks asyncio's queues and the transports of its servers."""
    hook_queues(hooks)
    hook_connections(hooks)


def is_of_as_completed(item):
    """Returns whether that may be as_completed, whose done callbacks and timer put futures, and None, into a queue of its own (Lib/asyncio/tasks.py):
    what is awaited changes nothing of whom a task works for."""
    if item is not None and type(item) not in FUTURES:
        return False
    loop = events._get_running_loop()
    return loop is None or tasks.current_task(loop) is None


def hook_queues(hooks):
    """Hooks put_nowait, get_nowait and task_done, which all ways into a queue and out of it call."""
    kind, write, spool, state, extend = queues.Queue, hooks.put, hooks.spool, hooks.state, hooks.spool.extend
    own_put, own_get, own_done, own_empty, own_full = kind.put_nowait, kind.get_nowait, kind.task_done, kind.empty, kind.full
    known, last, has_end = {}, 0, hasattr(kind, "shutdown")

    def items_of(queue):
        items = known.get(id(queue))
        if items is None:
            address = id(queue)
            items = known[address] = Items(hooks.object_number(queue), queue, lambda _: known.pop(address, None))
        return items

    def size_of(queue):
        inner = getattr(queue, "_queue", None)
        return len(inner) if type(inner) in SIZED else -1

    def wake_next(waiters):
        while waiters:
            waiter = waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                break

    # Of asyncio.Queue itself the work is done here, as Lib/asyncio/queues.py does it (3.8 to 3.13): calling that takes longer.
    def put_nowait(self, item):
        nonlocal last
        items = known.get(id(self)) or items_of(self)
        if items.is_plain and spool.recording and (self._maxsize <= 0 or len(self._queue) < self._maxsize) and not (has_end and self._is_shutdown):
            self._queue.append(item)
            self._unfinished_tasks += 1
            self._finished._value = False
            if (item is None or type(item) in FUTURES) and is_of_as_completed(item):
                wake_next(self._getters)
                return
            last += 1
            if id(item) in items.by_address:
                items.add(item, last)
            else:
                items.by_address[id(item)] = last
            if state.is_odd:
                write(PUT | last << 32, items.number)
            else:
                extend((PUT | last << 32, items.number))
            getters = self._getters
            while getters:
                waiter = getters.popleft()
                if not waiter.done():
                    waiter.set_result(None)
                    break
            return
        before = size_of(self) if items.puts_itself else -1
        own_put(self, item)
        if spool.recording and (before < 0 or size_of(self) == before + 1) and not is_of_as_completed(item):
            last += 1
            items.add(item, last)
            write(PUT | last << 32, items.number)

    def get_nowait(self):
        items = known.get(id(self)) or items_of(self)
        if items.is_plain and self._queue:
            item, putters = self._queue.popleft(), self._putters
            while putters:
                waiter = putters.popleft()
                if not waiter.done():
                    waiter.set_result(None)
                    break
        else:
            item = own_get(self)
        if spool.recording:
            number = items.by_address.get(id(item))
            if type(number) is int:
                del items.by_address[id(item)]
            elif number is not None:
                number = items.take(item)
            if number is None:
                return item
            if state.is_odd:
                write(TAKE | number << 32, items.number)
            else:
                extend((TAKE | number << 32, items.number))
        return item

    def task_done(self):
        own_done(self)
        if spool.recording:
            write(TASK_DONE, items_of(self).number)

    # What Queue.get and Queue.put ask before they wait tells which queue the task waits for: quicker than to look for it in the coroutines.
    def empty(self):
        if self._queue:
            return False
        state.asked = (known.get(id(self)) or items_of(self)).getters
        return True

    def full(self):
        if self._maxsize <= 0 or self.qsize() < self._maxsize:
            return False
        state.asked = (known.get(id(self)) or items_of(self)).putters
        return True

    for ours, own in ((put_nowait, own_put), (get_nowait, own_get), (task_done, own_done), (empty, own_empty), (full, own_full)):
        setattr(kind, own.__name__, dress(ours, own))


def name_of_peer(peer):
    """Returns how a peer is called: `host:port`, or a path."""
    if type(peer) is tuple and len(peer) >= 2:
        return f"{peer[0]}:{peer[1]}"
    return peer if type(peer) is str else ""


def hook_connections(hooks):
    """Hooks what makes a transport, and what it reads by."""
    kind, record, spool = selector_events._SelectorSocketTransport, hooks.spool.record, hooks.spool
    own_init, own_read = kind.__init__, kind._read_ready
    known, last = {}, 0  # by address of a transport: a connection and the class of its protocol; each new transport comes by here

    def __init__(self, *args, **options):
        nonlocal last
        own_init(self, *args, **options)
        known.pop(id(self), None)
        if getattr(self, "_server", None) is not None and spool.recording:
            last += 1
            known[id(self)] = last, type(self._protocol).__name__
            peer = name_of_peer(self._extra.get("peername"))
            record(CONNECTION, last, spool.text(peer) if peer else 0)

    def _read_ready(self):
        if id(self) in known:
            number, protocol = known[id(self)]
            record(SERVE, number, spool.text(protocol))
        return own_read(self)

    kind.__init__, kind._read_ready = dress(__init__, own_init), dress(_read_ready, own_read)
