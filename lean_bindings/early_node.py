"""Starting jsii's Node process before jsii is imported, so that both come up at the same time.

`import cdktf` takes about as long to import Python modules as to wait for Node. jsii starts Node
with `subprocess.Popen`; here Node is started first, and jsii is given that process when it asks
for one. If it asks for anything else (another environment, another jsii), it gets what it asks
for, and the process that nobody needs ends.

jsii's command is a small starter, which starts the real program in a second Node and passes every
message on. Here that program is started at once: one Node instead of two, and each message takes
half the way. What else the starter does, gathering what the program prints, `_Output` does.

The first things that Python asks of Node are known, too: to load `constructs` and `cdktf`. They are
asked for at once, and the answers lie ready when Python has come so far (`_Ahead`).
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
    "--preserve-symlinks-main",  # as the program is a link, see `_laid_out_runtime`
]
_OUR_VARIABLES = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "32768",
    "NODE_DISABLE_COMPILE_CACHE": "1",  # of no use to a program in a new folder each time
}
_PROGRAM = "lib__program.js"
_FIRST_LOADED = ("constructs", "cdktf", "cdktn")
_TARBALL = ".jsii.tgz"
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
        program = _laid_out_runtime()
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
            start_new_session=True,  # Ctrl-C is for Python, which then lets Node end
        )
        node.stderr = _Output(node)  # type: ignore[assignment]
        node.stdout = os.fdopen(os.dup(ours.fileno()), "rb")
        to_node = os.fdopen(os.dup(ours.fileno()), "wb")
        node.stdin = _Ahead(to_node, node.stdout, _first_requests())  # type: ignore[assignment]
    return node


class _Ahead:
    """Node's input, to which the first requests are written before Python makes them.

    If Python then asks for anything else, their answers are thrown away: a library that is loaded
    and not used does no harm.
    """

    def __init__(self, to_node: Any, from_node: Any, requests: list[dict[str, str]]) -> None:
        import json

        self._to_node = to_node
        self._from_node = from_node
        self._made = requests
        self.flush = to_node.flush
        for request in requests:
            to_node.write(json.dumps(request).encode() + b"\n")
        to_node.flush()

    @property
    def closed(self) -> bool:
        return bool(self._to_node.closed)

    def close(self) -> None:
        import contextlib

        with contextlib.suppress(OSError):  # Node has ended before, by the same Ctrl-C
            self._to_node.close()

    def write(self, message: bytes) -> None:
        if self._made:
            import json

            if json.loads(message) == self._made[0]:
                del self._made[0]
                return
            for _ in self._made:
                self._from_node.readline()
            self._made.clear()
        self._to_node.write(message)


def _first_requests() -> list[dict[str, str]]:
    """The requests to load a library that Python makes first, for those which are installed."""
    requests = []
    for name in _FIRST_LOADED:
        for entry in sys.path:
            folder = os.path.join(entry, name, "_jsii")
            if os.path.isdir(folder):
                requests += [
                    {"name": name, "version": file[len(name) + 1 : -len(_TARBALL)]}
                    | {"tarball": os.path.join(folder, file), "api": "load"}
                    for file in os.listdir(folder)
                    if file.startswith(f"{name}@") and file.endswith(_TARBALL)
                ]
                break
    return requests


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


def _laid_out_runtime() -> str:
    """jsii's JavaScript under the names that it expects, in a folder of its own."""
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
            link = os.path.join(folder, *name.split("__"))
            os.makedirs(os.path.dirname(link), exist_ok=True)
            os.symlink(os.path.abspath(os.path.join(embedded, name)), link)
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
        import contextlib

        assert node.stdin
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            node.stdin.write(b'{"exit":0}\n')  # as jsii does, so that Node removes its folder
            node.stdin.flush()
            node.wait(timeout=5)
        node.kill()
        node.wait()

    atexit.register(end)
    subprocess.Popen = Popen  # type: ignore[misc]
