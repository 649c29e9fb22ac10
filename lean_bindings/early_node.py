"""Starting jsii's Node process before jsii is imported, so that both come up at the same time.

`import cdktf` takes about as long to import Python modules as to wait for Node. jsii starts Node
with `subprocess.Popen`; here Node is started first, and jsii is given that process when it asks
for one. If it asks for anything else (another environment, another jsii), it gets what it asks
for, and the process that nobody needs ends.

jsii's command is a small starter, which starts the real program in a second Node and passes every
message on. Here that program is started at once: one Node instead of two, and each message takes
half the way. What else the starter does, gathering what the program prints, `_Output` does.
"""

# Plain `os` calls, no pathlib: this module is read at every start.

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from typing import Any

_FLAGS = ["--max-old-space-size=4069"]  # as in jsii/_kernel/providers/process.py
_OUR_FLAGS = [
    "--max-semi-space-size=1",  # MB; a tenth less memory, docs/decisions/6-node.md has the figures
    "--v8-pool-size=1",
    "--preserve-symlinks",  # as jsii's starter
]
_OUR_VARIABLES = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "32768",
    "NODE_DISABLE_COMPILE_CACHE": "1",  # of no use to a program in a new folder each time
}
_PROGRAM = "lib__program.js"
_API = 3
"""The file descriptor on which jsii's program talks with what started it."""


def start_node_early() -> bool:
    """Start Node for jsii, unless jsii is imported already; returns whether it did.

    To be called first thing in a program that synthesizes. It never fails: without an early start
    jsii starts Node by itself.
    """
    if "jsii" in sys.modules or "JSII_RUNTIME" in os.environ:
        return False
    command = [os.environ.get("JSII_NODE", "node"), *_FLAGS]
    environment = {**os.environ, "JSII_AGENT": f"Python/{sys.version.split()[0]}"}
    try:
        program = _extracted_runtime()
        node = _start([*command, *_OUR_FLAGS, program], {**environment, **_OUR_VARIABLES})
    except OSError:
        return False
    _hand_over(node, command, environment)
    return True


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start Node; its stdin and stdout here are the two directions of the socket that it talks on.

    A new socket has the lowest number that is free. So 3 is either this socket, or another open
    file, and can be passed on in both cases.
    """
    import socket

    theirs, ours = socket.socketpair()
    number = theirs.fileno()
    with theirs, ours:
        node = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(_API,),
            preexec_fn=None if number == _API else lambda: os.dup2(number, _API),
            env=environment,
        )
        node.stderr = _Output(node)  # type: ignore[assignment]
        node.stdout = os.fdopen(os.dup(ours.fileno()), "rb")
        node.stdin = os.fdopen(os.dup(ours.fileno()), "wb")
    return node


class _Output:
    """What Node prints, in the messages in which jsii's starter would pass it on."""

    def __init__(self, node: subprocess.Popen[bytes]) -> None:
        self._pipes: dict[Any, bytes] = {node.stdout: b"stdout", node.stderr: b"stderr"}

    def readline(self) -> bytes:
        from base64 import b64encode
        from select import select

        while self._pipes:
            pipe = select(list(self._pipes), [], [])[0][0]
            printed = os.read(pipe.fileno(), 1 << 16)
            if printed:
                return b'{"%b": "%b"}' % (self._pipes[pipe], b64encode(printed))
            del self._pipes[pipe]
            pipe.close()
        return b""

    def close(self) -> None:
        for pipe in self._pipes:
            pipe.close()


def _extracted_runtime() -> str:
    """jsii's JavaScript in a folder of its own, as jsii itself lays it out."""
    import shutil
    import tempfile

    for entry in sys.path:
        embedded = os.path.join(entry, "jsii", "_embedded", "jsii")
        if os.path.isfile(os.path.join(embedded, _PROGRAM)):
            break
    else:
        raise FileNotFoundError(_PROGRAM)
    folder = tempfile.mkdtemp(prefix="jsii-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in os.listdir(embedded):
        if name.endswith(".js"):
            target = os.path.join(folder, *name.split("__"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(os.path.join(embedded, name), target)
    return os.path.join(folder, *_PROGRAM.split("__"))


def _hand_over(
    node: subprocess.Popen[bytes], command: list[str], environment: dict[str, str]
) -> None:
    """Give `node` to whoever starts that command in that environment; end it if nobody does."""
    popen = subprocess.Popen

    class Popen(popen):  # type: ignore[valid-type, misc]
        def __new__(cls, args: Any, *rest: Any, **options: Any) -> Any:
            if not (isinstance(args, list) and args[:-1] == command):
                return super().__new__(cls)
            subprocess.Popen = popen  # type: ignore[misc]
            if options.get("env") == environment:
                atexit.unregister(end)
                return node  # no instance of this class, so not initialized again
            end()
            return super().__new__(cls)

    def end() -> None:
        assert node.stdin is not None
        assert node.stdout is not None
        node.stdin.close()
        node.stdout.close()  # with both closed, Node's input ends, and so does Node
        try:
            node.wait(timeout=5)
        except subprocess.TimeoutExpired:
            node.kill()

    atexit.register(end)
    subprocess.Popen = Popen  # type: ignore[misc]
