"""Starting jsii's Node process before jsii is imported, so that both come up at the same time.

`import cdktf` takes about as long to import Python modules as to wait for Node. jsii starts Node
with `subprocess.Popen`; here the same command is started first, and jsii is given that process
when it asks for it. If it asks for anything else (another environment, another jsii), it gets
what it asks for, and the process that nobody needs ends.
"""

# Plain `os` calls, no pathlib: this module is read at every start.

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from typing import Any

_FLAGS = ["--max-old-space-size=4069"]  # as in jsii/_kernel/providers/process.py
_ENTRY = "bin__jsii-runtime.js"


def start_node_early() -> bool:
    """Start Node for jsii, unless jsii is imported already; returns whether it did.

    To be called first thing in a program that synthesizes. It never fails: without an early start
    jsii starts Node by itself.
    """
    if "jsii" in sys.modules:
        return False
    try:
        runtime = os.environ.get("JSII_RUNTIME") or _extracted_runtime()
        command = [os.environ.get("JSII_NODE", "node"), *_FLAGS, runtime]
        environment = {**os.environ, "JSII_AGENT": f"Python/{sys.version.split()[0]}"}
        pipe = subprocess.PIPE
        node = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)
    except OSError:
        return False
    _hand_over(node, command, environment)
    return True


def _extracted_runtime() -> str:
    """jsii's JavaScript in a folder of its own, as jsii itself lays it out."""
    import shutil
    import tempfile

    for entry in sys.path:
        embedded = os.path.join(entry, "jsii", "_embedded", "jsii")
        if os.path.isfile(os.path.join(embedded, _ENTRY)):
            break
    else:
        raise FileNotFoundError(_ENTRY)
    folder = tempfile.mkdtemp(prefix="jsii-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in os.listdir(embedded):
        if name.endswith(".js"):
            target = os.path.join(folder, *name.split("__"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(os.path.join(embedded, name), target)
    return os.path.join(folder, *_ENTRY.split("__"))


def _hand_over(
    node: subprocess.Popen[bytes], command: list[str], environment: dict[str, str]
) -> None:
    """Give `node` to whoever starts that command in that environment; end it if nobody does."""
    popen = subprocess.Popen

    class Popen(popen):  # type: ignore[valid-type, misc]
        def __new__(cls, args: Any, *rest: Any, **options: Any) -> Any:
            if not (isinstance(args, list) and args[:-1] == command[:-1]):
                return super().__new__(cls)
            subprocess.Popen = popen  # type: ignore[misc]
            if options.get("env") == environment:
                atexit.unregister(end)
                return node  # no instance of this class, so not initialized again
            end()
            return super().__new__(cls)

    def end() -> None:
        assert node.stdin is not None
        node.stdin.close()  # Node ends with its input
        try:
            node.wait(timeout=5)
        except subprocess.TimeoutExpired:
            node.kill()

    atexit.register(end)
    subprocess.Popen = Popen  # type: ignore[misc]
