"""What random programs have at the rim of asyncio: messages, contexts, tokens, generators, executors."""

# How often each kind is written.
RIM_LEAVES = {
    "cancel_with": 6, "rename": 6, "spawn_unnamed": 12, "all_tasks": 6, "lock_acquire": 4,
    "lock_release": 4, "semaphore_release": 3, "keep_context": 4, "copy_context": 4, "spawn_in": 6,
    "set_in": 6, "show_in": 6, "look_in": 12, "token_set": 6, "token_reset": 6, "callback_add": 6,
    "callback_remove": 4, "generator": 8, "generator_next": 12, "generator_send": 6,
    "generator_throw": 4, "generator_close": 4, "generator_drop": 3, "uncancel": 6, "shutdown": 10,
    "condition_wait": 2, "condition_notify": 4, "to_thread": 8, "in_executor": 10, "job_await": 8,
    "job_wait_for": 6, "job_gather": 4, "job_cancel": 6, "executor_shutdown": 3,
    "shutdown_default_executor": 8, "block": 4, "call_threadsafe": 4,
}
RIM_NESTS = {"condition": 8, "reschedule": 8}
RIM_MOVES = {"await_notification": 10, "notify": 10, "cancel_and_uncancel": 6, "queue_up": 6}
# What one operation of a job is.
JOB_LEAVES = {"print": 8, "show": 6, "set": 5, "block": 10, "raise": 2, "call_threadsafe": 4}
POOLS = ["default", "default", "p1", "p1", "p2"]
RIM_THEMES = [
    {"cancel_with", "shield", "gather", "cancel_twice", "cancel_oneself", "await"},
    {"keep_context", "copy_context", "spawn_in", "set_in", "show_in", "look_in"},
    {"token_set", "token_reset", "callback_add", "callback_remove", "show"},
    {"generator", "generator_next", "generator_send", "generator_throw", "generator_close"},
    {"generator", "generator_next", "generator_drop", "cancel_with", "spawn"},
    {"lock_acquire", "lock_release", "lock", "semaphore_release", "semaphore"},
    {"condition", "await_notification", "notify", "cancel", "spawn"},
    {"reschedule", "timeout", "uncancel", "cancel_and_uncancel", "task_group"},
    {"shutdown", "put", "get", "spawn"},
    {"to_thread", "in_executor", "job_await", "job_wait_for", "job_cancel", "queue_up"},
    {"to_thread", "in_executor", "block", "call_threadsafe", "show", "set"},
    {"in_executor", "job_gather", "executor_shutdown", "shutdown_default_executor", "sleep"},
]


class Rim:
    """One operation each: a part of bodies.Writer."""

    def _cancel_with(self):
        return ["cancel_with", self._task(), self._text()]

    def _rename(self):
        return ["rename", self._text()]

    def _spawn_unnamed(self):
        child = self._child()
        return ["spawn_unnamed", *child] if child else self._sleep()

    def _all_tasks(self):
        return ["all_tasks"]

    def _lock_acquire(self):
        return ["lock_acquire", self._dice.pick(self._scene.locks)]

    def _lock_release(self):
        return ["lock_release", self._dice.pick(self._scene.locks)]

    def _semaphore_release(self):
        return ["semaphore_release", self._dice.pick(self._scene.semaphores)]

    def _context(self):
        return self._dice.pick(["x0", "x1"])

    def _keep_context(self):
        return ["keep_context", self._context()]

    def _copy_context(self):
        return ["copy_context", self._context()]

    def _spawn_in(self):
        child = self._child()
        return ["spawn_in", *child, self._context()] if child else self._sleep()

    def _set_in(self):
        return ["set_in", self._context(), self._dice.pick("abcdef")]

    def _show_in(self):
        return ["show_in", self._context()]

    def _look_in(self):
        return ["look_in", self._context()]

    def _token_set(self):
        return ["token_set", self._dice.pick(["k0", "k1"]), self._dice.pick("abcdef")]

    def _token_reset(self):
        return ["token_reset", self._dice.pick(["k0", "k1"])]

    def _callback_add(self):
        return ["callback_add", self._task(), self._dice.pick(["f0", "f1"])]

    def _callback_remove(self):
        return ["callback_remove", self._task(), self._dice.pick(["f0", "f1"])]

    def _generator_name(self):
        return self._dice.pick(["g0", "g1"])

    def _generator(self):
        outside, self._times = self._times, self._times * 3
        body = self.body(self._dice.between(0, 2), 0)
        self._times = outside
        return ["generator", self._generator_name(), body]

    def _generator_next(self):
        return ["generator_next", self._generator_name()]

    def _generator_send(self):
        return ["generator_send", self._generator_name(), self._text()]

    def _generator_throw(self):
        return ["generator_throw", self._generator_name()]

    def _generator_close(self):
        return ["generator_close", self._generator_name()]

    def _generator_drop(self):
        return ["generator_drop", self._generator_name()]

    def _uncancel(self):
        return ["uncancel"]

    def _shutdown(self):
        return ["shutdown", self._dice.pick(self._scene.queues), self._dice.chance(0.3)]

    def _condition_name(self):
        return self._dice.pick(["n0", "n1"])

    def _condition_wait(self):
        return ["condition_wait", self._condition_name()]

    def _condition_notify(self):
        return ["condition_notify", self._condition_name(), self._dice.pick([1, 1, 2, 9])]

    # Jobs: what threads do.

    def _job(self):
        leaves = [self._dice.weighted(self._scene.job_weights) for _ in range(self._dice.between(0, 4))]
        return [getattr(self, "_" + kind)() for kind in leaves if self._charge(1)]

    def _job_name(self):
        return self._dice.pick(["j0", "j1", "j2"])

    def _to_thread(self):
        return ["to_thread", self._job()]

    def _in_executor(self):
        return ["in_executor", self._dice.pick(POOLS), self._job_name(), self._job()]

    def _job_await(self):
        return ["job_await", self._job_name()]

    def _job_wait_for(self):
        return ["job_wait_for", self._job_name(), self._scene.ticks_or_less()]

    def _job_gather(self):
        return ["job_gather", [self._job_name() for _ in range(self._dice.between(0, 3))], self._dice.chance(0.4)]

    def _job_cancel(self):
        return ["job_cancel", self._job_name()]

    def _executor_shutdown(self):
        return ["executor_shutdown", self._dice.pick(["p1", "p2"])]

    def _shutdown_default_executor(self):
        return ["shutdown_default_executor"]

    def _block(self):
        return ["block", self._scene.ticks()]

    def _call_threadsafe(self):
        return ["call_threadsafe", self._text()]

    # One operation with bodies of its own.

    def _condition(self, depth):
        return ["condition", self._condition_name(), self._held_body(depth)]

    def _reschedule(self, depth):
        ticks = self._scene.ticks_or_less
        return ["reschedule", ticks(), self._short_body(depth), ticks(), self._held_body(depth)]

    # A few that belong together.

    def _await_notification(self):
        name = self._condition_name()
        waiting = ["condition", name, [["condition_wait", name], self._print()]]
        return [self._in_time([waiting]) if self._dice.chance(0.3) else waiting]

    def _notify(self):
        name = self._condition_name()
        notify = ["condition_notify", name, self._dice.pick([1, 1, 2, 9])]
        meanwhile = [["cancel", self._task()]] if self._dice.chance(0.4) else []
        return [["condition", name, [notify, *meanwhile, *self.body(self._dice.between(0, 1), 0)]]]

    def _cancel_and_uncancel(self):
        return [["cancel", self._own_name], *self.body(self._dice.between(0, 1), 0), ["uncancel"], self._sleep()]

    def _queue_up(self):
        """Jobs for few threads, and what becomes of one."""
        jobs = [self._in_executor() for _ in range(self._dice.between(2, 4))]
        end = self._dice.pick([self._job_await, self._job_cancel, self._job_gather, self._job_wait_for])
        return [*jobs, *self.body(self._dice.between(0, 1), 0), end()]
