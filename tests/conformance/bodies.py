"""Writes random bodies of coroutines: the grammar of the random conformance programs."""

from operations import SINCE
from rim import JOB_LEAVES, RIM_LEAVES, RIM_MOVES, RIM_NESTS, RIM_THEMES, Rim

# How often each kind is written.  Whole numbers, for sums of floats differ between Pythons.
LEAVES = {
    "print": 4, "show": 8, "set": 6, "sleep": 16, "spawn": 12, "cancel": 8, "await": 6, "gather": 6,
    "wait_for": 8, "shield": 6, "raise": 4, "event_wait": 4, "event_set": 6, "event_clear": 2,
    "put": 8, "get": 6, "call_soon": 4, "call_later": 6,
}
# And in the wide vocabulary.
WIDE_LEAVES = {
    "wait": 10, "as_completed": 14, "results": 4, "barrier": 12, "barrier_abort": 3, "barrier_reset": 4,
    "bounded": 8, "bounded_release": 8, "put_least": 8, "get_least": 6, "put_last": 8, "get_last": 6,
}
# What some programs cannot have: see `Scene`.
OF_ONE_STORAGE = {"look_in"}
OF_TOKENS = {"token_set", "token_reset"}
NESTS = {"timeout": 8, "try": 10, "loop": 6, "lock": 8, "semaphore": 8, "task_group": 8}
MOVES = {
    "cancel_before_first_step": 2, "cancel_twice": 2, "cancel_oneself": 2, "cancel_the_awaited": 2,
    "cancel_the_woken": 2, "wake_all": 2, "hand_over": 2, "tie_timers": 3, "storm_of_timers": 1,
    "fail_in_group": 3,
}
WIDE_MOVES = {"race": 16}
WIDE_THEMES = [
    {"wait", "as_completed", "race", "raise"},
    {"barrier", "barrier_reset", "spawn", "cancel"},
    {"bounded", "bounded_release", "spawn", "cancel"},
    {"put_least", "get_least", "put_last", "get_last", "cancel_the_woken"},
]
THEMES = [
    {"show", "set", "spawn", "await"},
    {"sleep", "call_later", "timeout", "wait_for", "tie_timers", "storm_of_timers"},
    {"cancel", "shield", "gather", "cancel_before_first_step", "cancel_twice", "cancel_oneself"},
    {"task_group", "fail_in_group", "raise", "try", "spawn"},
    {"lock", "semaphore", "sleep", "cancel_the_woken", "spawn"},
    {"event_wait", "event_set", "event_clear", "wake_all"},
    {"put", "get", "hand_over", "cancel_the_woken"},
]
WIDE_WAITS = {
    "barrier", "bounded", "put_least", "get_least", "put_last", "get_last", "lock_acquire",
    "generator_next", "generator_send", "generator_throw", "generator_close", "condition_wait", "results",
    "to_thread", "job_await", "job_wait_for", "job_gather", "shutdown_default_executor",
}
SUSPENDS = {
    "sleep", "wait_for", "event_wait", "get", "put", "await", "gather", "shield", "wait", "as_completed",
    *NESTS, *RIM_NESTS, *WIDE_WAITS,
}
MAY_BLOCK_FOR_EVER = {
    "event_wait", "get", "put", "await", "gather", "shield", "semaphore", *WIDE_WAITS,
}


class Scene:
    """What all coroutines of a program have in common: its names, its scale of time, its themes.

    Seven of ten programs of the wide vocabulary do without what older versions of asyncio have
    not, so that there are enough for those.  Contexts show in one storage only, and a token of
    `storages.py` gives the ChainMap a value of its own where a reset takes it out.  CPython 3.13.0
    loses its place when an eager task cannot enter its context.
    """

    def __init__(self, dice, unit, roots, coroutines, wide=False, rim=False, storage="global", eager=False):
        self.dice = dice
        self.unit = unit
        self.roots = [name for _, name in roots]
        self.tasks = [f"t{index}" for index in range(coroutines)]
        self.locks, self.semaphores, self.events, self.queues = (
            [letter + str(index) for index in range(dice.between(1, 2))] for letter in "lseq"
        )
        self.costs = {}  # of the coroutines written so far: operations done at most, children's too
        self.weights = {**LEAVES, **NESTS, **MOVES, **({**WIDE_LEAVES, **WIDE_MOVES} if wide else {})}
        themes = dice.several(THEMES, 2) + (dice.several(WIDE_THEMES, 2) if wide else [])
        if rim:
            self.weights |= {**RIM_LEAVES, **RIM_NESTS, **RIM_MOVES}
            themes += dice.several(RIM_THEMES, 2)
            self.job_weights = dict(JOB_LEAVES)
        for theme in themes:
            self.weights.update({kind: self.weights[kind] * 4 for kind in theme})
        unfit = set() if storage == "contextvar" else set(OF_ONE_STORAGE)
        unfit |= OF_TOKENS if storage == "context_chainmap" else set()
        unfit |= {"spawn_in"} if eager else set()
        unfit |= set(SINCE) if wide and dice.chance(0.7) else set()
        for kind in unfit & set(self.weights):
            del self.weights[kind]

    def ticks(self):
        """A duration; few different ones, so that deadlines often coincide."""
        return self.unit * self.dice.pick([0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 10])

    def ticks_or_less(self):
        """A duration that is now and then negative."""
        return -self.unit if self.dice.chance(0.04) else self.ticks()


class Writer(Rim):
    """Writes the body of the coroutine c`index`.

    It may spawn coroutines of larger index only, which are written already, and what it costs
    is bounded: so every program ends.
    """

    def __init__(self, scene, index, limit):
        self._scene = scene
        self._dice = scene.dice
        self._coroutine = f"c{index}"
        self._own_name = scene.tasks[index]
        self._rest = limit
        self._times = 1  # how often the body being written is done, at most
        self._texts = 0
        self._children = []  # the names of the tasks that were spawned so far
        self.cost = 0

    def body(self, length, depth):
        """About `length` operations, nested `depth` deep at most."""
        return [op for _ in range(length) for op in self._some(depth)]

    def _some(self, depth):
        """One random operation, or a few that belong together."""
        kind = self._dice.weighted(self._scene.weights)
        while (kind in NESTS or kind in RIM_NESTS) and depth == 0:
            kind = self._dice.weighted(self._scene.weights)
        if not self._charge(40 if kind == "storm_of_timers" else 1):
            return []
        if kind in NESTS or kind in RIM_NESTS:
            written = [getattr(self, "_" + kind)(depth - 1)]
        elif kind in MOVES or kind in WIDE_MOVES or kind in RIM_MOVES:
            written = getattr(self, "_" + kind)()
        else:
            written = [getattr(self, "_" + kind)()]
        if kind in MAY_BLOCK_FOR_EVER and self._dice.chance(0.5):
            written = [self._in_time(written)]
        if kind in SUSPENDS and self._dice.chance(0.5):
            written.append(self._print())  # tells when and in which order it went on
        return written

    def _in_time(self, body):
        """A body that would perhaps wait for ever, under a timeout."""
        timed = ["timeout", self._scene.ticks() + self._scene.unit, body]
        return self.in_try([timed]) if self._dice.chance(0.8) else timed

    def in_try(self, body):
        """A body in a `try` whose handler does not do much."""
        return ["try", body, self.body(self._dice.between(0, 1), 0), []]

    def _charge(self, cost):
        """Take a cost from what is left; false if there is not enough."""
        if self._rest < cost * self._times:
            return False
        self._rest -= cost * self._times
        self.cost += cost * self._times
        return True

    def _short_body(self, depth):
        return self.body(self._dice.between(0, 3), depth)

    def _held_body(self, depth):
        """What is done while holding something: mostly it takes time, so that others queue up."""
        first = [self._sleep()] if self._dice.chance(0.7) else []
        return first + self._short_body(depth)

    def _text(self):
        self._texts += 1
        return f"{self._coroutine}.{self._texts}"

    def _task(self):
        """A task to work on: often a child, now and then oneself or a root, else any."""
        if self._children and self._dice.chance(0.5):
            return self._dice.pick(self._children)
        return self._dice.pick([self._own_name, *self._scene.roots, *self._scene.tasks * 3])

    def _child(self):
        """A coroutine that can be afforded and a name for its task, or None."""
        affordable = [name for name, cost in self._scene.costs.items()
                      if cost * self._times <= self._rest]
        if not affordable:
            return None
        coroutine = self._dice.pick(affordable)
        self._charge(self._scene.costs[coroutine])
        name = "t" + coroutine[1:] if self._dice.chance(0.7) else self._task()
        self._children.append(name)
        return [coroutine, name]

    def opening(self):
        """Spawn a few children to work with."""
        return [self._spawn() for _ in range(self._dice.between(0, 3))]

    def failure(self):
        """Raise an exception, most often after a while."""
        return [self._sleep(), self._raise()]

    # One operation each.

    def _print(self):
        return ["print", self._text()]

    def _show(self):
        return ["show"]

    def _set(self):
        return ["set", self._dice.pick("abcdef")]

    def _sleep(self):
        return ["sleep", self._scene.ticks_or_less()]

    def _spawn(self):
        child = self._child()
        return ["spawn", *child] if child else self._sleep()

    def _cancel(self):
        return ["cancel", self._task()]

    def _await(self):
        return ["await", self._task()]

    def _gather(self):
        names = [self._task() for _ in range(self._dice.between(0, 4))]
        return ["gather", names, self._dice.chance(0.4)]

    def _wait_for(self):
        return ["wait_for", self._task(), self._scene.ticks_or_less()]

    def _shield(self):
        return ["shield", self._task()]

    def _raise(self):
        return ["raise", self._dice.pick(["ValueError", "RuntimeError"])]

    def _event_wait(self):
        return ["event_wait", self._dice.pick(self._scene.events)]

    def _event_set(self):
        return ["event_set", self._dice.pick(self._scene.events)]

    def _event_clear(self):
        return ["event_clear", self._dice.pick(self._scene.events)]

    def _put(self):
        return ["put", self._dice.pick(self._scene.queues), self._text()]

    def _get(self):
        return ["get", self._dice.pick(self._scene.queues)]

    def _call_soon(self):
        return ["call_soon", self._text()]

    def _call_later(self):
        return ["call_later", self._scene.ticks_or_less(), self._text()]

    # One operation of the wide vocabulary.

    def _names(self):
        return [self._task() for _ in range(self._dice.between(0, 4))]

    def _wait(self):
        when = self._dice.pick(["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"])
        return ["wait", [*self._names(), self._task()], when, self._scene.ticks_or_less()]

    def _as_completed(self):
        names = self._children[-3:] if self._dice.chance(0.8) else self._names()
        ticks = self._dice.pick([self._scene.ticks_or_less, lambda: 10 * self._scene.unit + self._scene.ticks()])
        return ["as_completed" if "as_completed" in self._scene.weights else "results", names, ticks()]

    def _results(self):
        return ["results", self._names(), self._scene.ticks_or_less()]

    def _race(self):
        """Children, taken as they are done, or waited for."""
        children = [self._spawn() for _ in range(self._dice.between(2, 4))]
        return [*children, self._dice.pick([self._as_completed, self._as_completed, self._wait])()]

    def _barrier(self):
        return ["barrier", "b0"]

    def _barrier_abort(self):
        return ["barrier_abort", "b0"]

    def _barrier_reset(self):
        return ["barrier_reset", "b0"]

    def _bounded(self):
        return ["bounded", self._dice.pick(self._scene.semaphores)]

    def _bounded_release(self):
        return ["bounded_release", self._dice.pick(self._scene.semaphores)]

    def _put_least(self):
        return ["put_least", self._dice.pick(self._scene.queues), self._dice.between(0, 9)]

    def _get_least(self):
        return ["get_least", self._dice.pick(self._scene.queues)]

    def _put_last(self):
        return ["put_last", self._dice.pick(self._scene.queues), self._dice.between(0, 9)]

    def _get_last(self):
        return ["get_last", self._dice.pick(self._scene.queues)]

    # One operation with bodies of its own.

    def _timeout(self, depth):
        return ["timeout", self._scene.ticks_or_less(), self._short_body(depth)]

    def _try(self, depth):
        return ["try", self._short_body(depth), self._short_body(depth), self._short_body(depth)]

    def _loop(self, depth):
        count = self._dice.between(0, 3)
        outside, self._times = self._times, self._times * max(count, 1)
        body = self._short_body(depth)
        self._times = outside
        return ["loop", count, body]

    def _lock(self, depth):
        return ["lock", self._dice.pick(self._scene.locks), self._held_body(depth)]

    def _semaphore(self, depth):
        return ["semaphore", self._dice.pick(self._scene.semaphores), self._held_body(depth)]

    def _task_group(self, depth):
        children = [self._child() for _ in range(self._dice.between(0, 3))]
        return ["task_group", [child for child in children if child], self._short_body(depth)]

    # A few operations that meet in an interesting way.

    def _cancel_before_first_step(self):
        spawn = self._spawn()
        return [spawn, ["cancel", spawn[-1] if spawn[0] == "spawn" else self._task()]]

    def _cancel_twice(self):
        name = self._task()
        return [["cancel", name], *self.body(self._dice.between(0, 1), 0), ["cancel", name]]

    def _cancel_oneself(self):
        return [["cancel", self._own_name], *self.body(self._dice.between(0, 2), 0), self._sleep()]

    def _cancel_the_awaited(self):
        name = self._task()
        waiting = self._dice.pick([["await", name], ["shield", name], ["gather", [name], False]])
        return [["cancel", name], waiting]

    def _fail_in_group(self):
        _, children, body = self._task_group(0)
        group = ["task_group", children, [*body, *self.failure()]]
        return [self.in_try([group]) if self._dice.chance(0.5) else group]

    def _cancel_the_woken(self):
        wake = self._dice.pick([self._event_set, self._put, self._get, lambda: self._lock(0)])
        return [wake(), ["cancel", self._task()]]

    def _wake_all(self):
        event = self._dice.pick(self._scene.events)
        return [["event_set", event], *self.body(self._dice.between(0, 1), 0), ["event_clear", event]]

    def _hand_over(self):
        queue = self._dice.pick(self._scene.queues)
        return [["put", queue, self._text()], *self.body(self._dice.between(0, 1), 0), ["get", queue]]

    def _tie_timers(self):
        ticks = self._scene.ticks()
        return [["call_later", ticks, self._text()] for _ in range(self._dice.between(2, 8))]

    def _storm_of_timers(self):
        """Around a hundred timers at a time, about half of them cancelled, so that some are purged."""
        rounds = []
        for _ in range(self._dice.between(1, 2)):
            ticks = self._scene.ticks() + self._scene.unit
            told = [["call_later", ticks, self._text()] for _ in range(self._dice.between(4, 16))]
            many = ["loop", self._dice.pick([0, 0, 40, 50, 60]), [told[0]]]
            cancelled = ["loop", self._dice.between(20, 60), [["timeout", ticks, []]]]
            again = self._dice.pick([[], [cancelled]])
            rounds += [*told[:3], cancelled, *told[3:], many, *again, ["sleep", ticks]]
        return rounds
