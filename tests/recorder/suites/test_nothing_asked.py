"""What the plugin costs where nobody asks for it."""

import sys


def test_nothing_of_the_recorder_is_imported():
    assert not [name for name in sys.modules if name.startswith(("loopscope_recorder", "loopscope_pytest."))]


def test_no_hook_is_there_but_for_options(request):
    plugin = request.config.pluginmanager.get_plugin("loopscope_pytest")
    assert sorted(name for name in vars(plugin) if name.startswith("pytest_")) == ["pytest_addoption", "pytest_configure"]
    assert not [name for name, _ in request.config.pluginmanager.list_name_plugin() if name.startswith("loopscope-")]
