# SPDX-License-Identifier: MIT
"""aiotask_context (0.6.1): its `get` and `set`, with the variable that each key is."""

import asyncio

SHARED, COPY, CHAINMAP = 3, 4, 5  # numbers of storages
MISSING = object()


def install(module, backend):
    """Records what is read and written by aiotask_context's functions. `current_task().context[key]`, said directly, is not seen."""
    own_get, own_set, own_clear = module.get, module.set, module.clear
    factories = {module.task_factory: SHARED, module.copying_task_factory: COPY, module.chainmap_task_factory: CHAINMAP}
    variables = {}

    def storage():
        """Returns the storage that is the running loop's own, by its task factory."""
        try:
            return factories.get(asyncio.get_running_loop().get_task_factory(), SHARED)
        except (RuntimeError, TypeError):
            return SHARED

    def variable_of(key):
        variable = variables.get(key)
        if variable is None:
            variable = variables[key] = backend.new_key(key if type(key) is str else f"{type(key).__name__} {len(variables) + 1}", storage())
        return variable

    def get(key, default=None):
        found = own_get(key, MISSING)
        is_there = found is not MISSING
        return backend.key_read(variable_of(key), found if is_there else default, is_there)

    def set(key, value):
        own_set(key, value)
        backend.key_wrote(variable_of(key), value)

    def clear():
        own_clear()
        for variable in variables.values():
            backend.key_gone(variable)

    for ours, own in ((get, own_get), (set, own_set), (clear, own_clear)):
        ours.__doc__ = own.__doc__
        ours.__module__ = own.__module__
        ours.__qualname__ = own.__qualname__
    module.get, module.set, module.clear = get, set, clear
