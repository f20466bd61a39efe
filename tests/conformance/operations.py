"""What each operation of a conformance program does, in terms of asyncio."""

import asyncio
import collections
import contextvars
import sys
import threading


class OrderedTasks(dict):
    """A set of tasks in insertion order, for TaskGroup to cancel its children in."""

    def add(self, task):
        """Add a task; it stays where it is if it is there already."""
        self[task] = None

    def discard(self, task):
        """Remove a task if it is there."""
        self.pop(task, None)


# The version of Python since which there is what an operation needs; all else is in 3.11.
SINCE = {
    "keep_context": (3, 12),  # Task.get_context
    "as_completed": (3, 13),  # as an asynchronous iterator
    "shutdown": (3, 13),
    "shutdown_default_executor": (3, 13),  # before, it blocks the loop where it is cancelled
}
EAGER_SINCE = (3, 12)
EXCEPTIONS = {"ValueError": ValueError, "RuntimeError": RuntimeError}
THREADS = {"to_thread", "in_executor"}
HAS_THREADS = sys.platform != "emscripten"


def needed_version(program):
    """The oldest version of Python that has all that a program uses."""
    eager = [EAGER_SINCE] if program.get("eager") else []
    return max([(3, 11), *eager, *_needs_of(list(program["coroutines"].values()))])


def is_lacking(program):
    """Whether a program uses what the Python that runs this has not."""
    return needed_version(program) > sys.version_info[:2] or not HAS_THREADS and uses_threads(program)


def uses_threads(program):
    """Whether a program has jobs for threads."""
    return _has(list(program["coroutines"].values()), THREADS)


def _has(thing, words):
    return any(_has(each, words) if isinstance(each, list) else each is thing[0] and each in words for each in thing)


def _needs_of(thing):
    """The versions that the operations in bodies, and in bodies in those, need."""
    for each in thing:
        if isinstance(each, list):
            yield from _needs_of(each)
        elif each is thing[0] and each in SINCE:
            yield SINCE[each]


class Operations:
    """The operations and the tables by name that they work on, shared by one whole program.

    The operation `x` is the method `do_x`.  Each is a coroutine that is awaited directly,
    which takes no hop: what suspends is asyncio alone.
    """

    def __init__(self, program, loop, symbol):
        self._coroutines = program["coroutines"]
        self._loop = loop
        self._symbol = symbol
        self._tasks = {}
        self._locks = collections.defaultdict(asyncio.Lock)
        self._conditions = collections.defaultdict(asyncio.Condition)
        self._events = collections.defaultdict(asyncio.Event)
        self._semaphores = collections.defaultdict(lambda: asyncio.Semaphore(program["permits"]))
        self._queues = collections.defaultdict(lambda: asyncio.Queue(program["queue_size"]))
        self._barriers = collections.defaultdict(lambda: asyncio.Barrier(program.get("parties", 2)))
        self._bounded = collections.defaultdict(lambda: asyncio.BoundedSemaphore(program["permits"]))
        self._least = collections.defaultdict(lambda: asyncio.PriorityQueue(program["queue_size"]))
        self._last = collections.defaultdict(lambda: asyncio.LifoQueue(program["queue_size"]))
        self._contexts = {}
        self._tokens = {}
        self._callbacks = {}
        self._generators = {}
        self._pools = {}
        self._jobs = {}
        self.lines = []
        self.recursion_error = False  # whether CPython raised one: then this is no test case
        self.unnamed_before = 0  # how many tasks without a name other programs have made

    def create_task(self, coroutine, name, create=None):
        """Create a task by `create`, the loop's if none is given, and enter it in the table."""
        create = create or self._loop.create_task
        task = self._tasks[name] = create(self.run(self._coroutines[coroutine]), name=name)
        return task

    def name_of(self, task):
        """The name of a task, as if this were the first program of its process."""
        name = task.get_name()
        return f"Task-{int(name[5:]) - self.unnamed_before}" if name.startswith("Task-") else name

    def print(self, text):
        """Add a line: when, who, what."""
        task = asyncio.current_task(self._loop)
        self.lines.append(f"{int(self._loop.time())} {self.name_of(task) if task else '-'} {text}")

    def handle_exception(self, loop, context):
        """The loop's exception handler: what nobody awaits is not reported."""
        if isinstance(context.get("exception"), RecursionError):
            self.recursion_error = True

    async def run(self, body):
        """Do the operations of a body one after the other."""
        try:
            for operation, *arguments in body:
                await getattr(self, "do_" + operation)(*arguments)
        except RecursionError:
            self.recursion_error = True
            raise

    # Printing and the variable.

    async def do_print(self, text):
        self.print(text)

    async def do_show(self):
        self.print(self._symbol.get())

    async def do_set(self, value):
        self._symbol.set(value)

    # Tasks; a name that is not in the table yet is skipped.

    async def do_spawn(self, coroutine, name):
        self.create_task(coroutine, name, asyncio.create_task)

    async def do_cancel(self, name):
        if name in self._tasks:
            accepted = self._tasks[name].cancel()
            self.print(f"cancel {name} {'true' if accepted else 'false'}")

    async def do_await(self, name):
        if name in self._tasks:
            await self._tasks[name]

    def _existing(self, names):
        return [self._tasks[name] for name in names if name in self._tasks]

    async def do_gather(self, names, return_exceptions):
        await asyncio.gather(*self._existing(names), return_exceptions=return_exceptions)

    async def do_wait_for(self, name, ticks):
        if name in self._tasks:
            await asyncio.wait_for(self._tasks[name], ticks)

    async def do_shield(self, name):
        if name in self._tasks:
            await asyncio.shield(self._tasks[name])

    async def do_task_group(self, children, body):
        group = asyncio.TaskGroup()
        group._tasks = OrderedTasks()
        async with group:
            for coroutine, name in children:
                self.create_task(coroutine, name, group.create_task)
            await self.run(body)

    async def do_wait(self, names, when, ticks):
        tasks = self._existing(names)
        done, pending = await asyncio.wait(tasks, timeout=ticks, return_when=when)
        self.print(f"waited {len(done)} {len(pending)}")

    async def do_as_completed(self, names, ticks):
        # asyncio puts them into a set, so those that are done already would come in any order.
        tasks = [task for task in self._existing(names) if not task.done()]
        async for task in asyncio.as_completed(tasks, timeout=ticks):
            self.print(f"completed {self.name_of(task)}")

    async def do_results(self, names, ticks):
        tasks = [task for task in self._existing(names) if not task.done()]
        for result in asyncio.as_completed(tasks, timeout=ticks):
            await result
            self.print("a result")

    async def do_cancel_with(self, name, message):
        if name in self._tasks:
            accepted = self._tasks[name].cancel(message)
            self.print(f"cancel {name} {'true' if accepted else 'false'}")

    async def do_uncancel(self):
        self.print(f"requests {asyncio.current_task().uncancel()}")

    async def do_rename(self, name):
        asyncio.current_task().set_name(name)

    async def do_spawn_unnamed(self, coroutine, name):
        self._tasks[name] = asyncio.create_task(self.run(self._coroutines[coroutine]))

    async def do_all_tasks(self):
        self.print(" ".join(["tasks", *sorted(map(self.name_of, asyncio.all_tasks()))]))

    def _callback(self, text):
        def tell(_task):
            self.print(f"callback {text}")
            self.print(self._symbol.get())
        return self._callbacks.setdefault(text, tell)

    async def do_callback_add(self, name, text):
        if name in self._tasks:
            self._tasks[name].add_done_callback(self._callback(text))

    async def do_callback_remove(self, name, text):
        if name in self._tasks:
            self.print(f"removed {self._tasks[name].remove_done_callback(self._callback(text))}")

    # Contexts and tokens; a name that is not in the table yet is skipped.

    async def do_keep_context(self, name):
        self._contexts[name] = asyncio.current_task().get_context()

    async def do_copy_context(self, name):
        self._contexts[name] = contextvars.copy_context()

    async def do_spawn_in(self, coroutine, name, context):
        if context in self._contexts:
            self._tasks[name] = asyncio.create_task(self.run(self._coroutines[coroutine]), name=name,
                                                    context=self._contexts[context])

    async def do_set_in(self, context, value):
        if context in self._contexts:
            self._contexts[context].run(self._symbol.set, value)

    async def do_show_in(self, context):
        if context in self._contexts:
            self._contexts[context].run(lambda: self.print(self._symbol.get()))

    async def do_look_in(self, context):
        if context in self._contexts:
            self.print(f"sees {self._contexts[context].get(self._symbol, '-')}")

    async def do_token_set(self, name, value):
        self._tokens[name] = self._symbol.set(value)

    async def do_token_reset(self, name):
        if name in self._tokens:
            self._symbol.reset(self._tokens[name])

    # Asynchronous generators.  No frame holds one but by the table and by what it waits for, so
    # that it goes when the table loses it.

    async def _generate(self, name, body):
        try:
            for number in range(3):
                await self.run(body)
                sent = yield number
                self.print(f"{name} sent {sent}")
        finally:
            await asyncio.sleep(1)
            self.print(f"{name} ends")

    async def _tell_next(self, name, method, *arguments):
        try:
            yielded = await getattr(self._generators[name], method)(*arguments)
        except StopAsyncIteration:
            yielded = None
        self.print(f"{name} is over" if yielded is None else f"{name} yields {yielded}")

    async def do_generator(self, name, body):
        self._generators[name] = self._generate(name, body)

    async def do_generator_next(self, name):
        if name in self._generators:
            await self._tell_next(name, "__anext__")

    async def do_generator_send(self, name, value):
        if name in self._generators:
            await self._tell_next(name, "asend", value)

    async def do_generator_throw(self, name):
        if name in self._generators:
            await self._tell_next(name, "athrow", ValueError())

    async def do_generator_close(self, name):
        if name in self._generators:
            await self._generators[name].aclose()
            self.print(f"{name} is closed")

    async def do_generator_drop(self, name):
        self._generators.pop(name, None)

    # Executors: a job is a list of operations, too, which are done on a thread.

    def _job(self, body):
        def job():
            for operation, *arguments in body:
                getattr(self, "job_" + operation)(*arguments)
        return job

    def _say(self, text):
        self.lines.append(f"{int(self._loop.time())} {threading.current_thread().name} {text}")

    def job_print(self, text):
        self._say(text)

    def job_show(self):
        self._say(self._symbol.get())

    def job_set(self, value):
        self._symbol.set(value)

    def job_block(self, ticks):
        self._loop.turns.block(ticks)

    def job_raise(self, kind):
        raise EXCEPTIONS[kind]

    def job_call_threadsafe(self, text):
        self._loop.call_soon_threadsafe(self.print, text)

    def _pool(self, name):
        if name not in self._pools:
            self._pools[name] = self._loop.turns.executor(int(name[1:]))
        return self._pools[name]

    async def do_to_thread(self, job):
        await asyncio.to_thread(self._job(job))

    async def do_in_executor(self, pool, name, job):
        executor = None if pool == "default" else self._pool(pool)
        self._jobs[name] = self._loop.run_in_executor(executor, self._job(job))

    async def do_job_await(self, name):
        if name in self._jobs:
            await self._jobs[name]

    async def do_job_wait_for(self, name, ticks):
        if name in self._jobs:
            await asyncio.wait_for(self._jobs[name], ticks)

    async def do_job_gather(self, names, return_exceptions):
        jobs = [self._jobs[name] for name in names if name in self._jobs]
        await asyncio.gather(*jobs, return_exceptions=return_exceptions)

    async def do_job_cancel(self, name):
        if name in self._jobs:
            accepted = self._jobs[name].cancel()
            self.print(f"cancel {name} {'true' if accepted else 'false'}")

    async def do_executor_shutdown(self, pool):
        self._pool(pool).shutdown()

    async def do_shutdown_default_executor(self):
        await self._loop.shutdown_default_executor()

    async def do_block(self, ticks):
        self._loop.turns.block(ticks)

    async def do_call_threadsafe(self, text):
        self._loop.call_soon_threadsafe(self.print, text)

    # Time and flow.

    async def do_sleep(self, ticks):
        await asyncio.sleep(ticks)

    async def do_timeout(self, ticks, body):
        async with asyncio.timeout(ticks):
            await self.run(body)

    async def do_reschedule(self, ticks, body, later, rest):
        async with asyncio.timeout(ticks) as timeout:
            await self.run(body)
            timeout.reschedule(self._loop.time() + later)
            await self.run(rest)
        self.print(f"expired {'true' if timeout.expired() else 'false'}")

    async def do_call_soon(self, text):
        self._loop.call_soon(self.print, text)

    async def do_call_later(self, ticks, text):
        self._loop.call_later(ticks, self.print, text)

    async def do_loop(self, count, body):
        for _ in range(count):
            await self.run(body)

    async def do_raise(self, kind):
        raise EXCEPTIONS[kind]

    async def do_try(self, body, handler, final):
        try:
            await self.run(body)
        except (Exception, asyncio.CancelledError, BaseExceptionGroup) as exception:
            said = exception.args if isinstance(exception, asyncio.CancelledError) else ()
            self.print(" ".join(["caught", type(exception).__name__, *said]))
            await self.run(handler)
        finally:
            await self.run(final)

    # Synchronisation; the object is created on first use.

    async def do_lock(self, name, body):
        async with self._locks[name]:
            await self.run(body)

    async def do_lock_acquire(self, name):
        await self._locks[name].acquire()

    async def do_lock_release(self, name):
        self._locks[name].release()

    async def do_semaphore_release(self, name):
        self._semaphores[name].release()

    async def do_semaphore(self, name, body):
        async with self._semaphores[name]:
            await self.run(body)

    async def do_condition(self, name, body):
        async with self._conditions[name]:
            await self.run(body)

    async def do_condition_wait(self, name):
        await self._conditions[name].wait()

    async def do_condition_notify(self, name, count):
        self._conditions[name].notify(count)

    async def do_event_wait(self, name):
        await self._events[name].wait()

    async def do_event_set(self, name):
        self._events[name].set()

    async def do_event_clear(self, name):
        self._events[name].clear()

    async def do_put(self, name, value):
        await self._queues[name].put(value)

    async def do_shutdown(self, name, immediate):
        self._queues[name].shutdown(immediate)

    async def _tell(self, queue):
        item = await queue.get()
        self.print(f"got {item}")

    async def do_get(self, name):
        await self._tell(self._queues[name])

    async def do_barrier(self, name):
        index = await self._barriers[name].wait()
        self.print(f"passed {index}")

    async def do_barrier_abort(self, name):
        await self._barriers[name].abort()

    async def do_barrier_reset(self, name):
        await self._barriers[name].reset()

    async def do_bounded(self, name):
        await self._bounded[name].acquire()

    async def do_bounded_release(self, name):
        self._bounded[name].release()

    async def do_put_least(self, name, number):
        await self._least[name].put(number)

    async def do_get_least(self, name):
        await self._tell(self._least[name])

    async def do_put_last(self, name, number):
        await self._last[name].put(number)

    async def do_get_last(self, name):
        await self._tell(self._last[name])
