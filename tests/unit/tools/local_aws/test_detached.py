"""up, down and status, whatever a crash left in the folder or listens at its endpoint."""

from __future__ import annotations

import os
import re
import signal
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from tests.unit.tools.local_aws.servers import (
    Command,
    about,
    free_port,
    is_up,
    listens,
    within,
)
from tests.walk import LOCAL
from tools.aws import Aws
from tools.local_aws import LocalAws, detached
from tools.local_aws.launch import Server, launch
from tools.local_aws.protocol import About
from tools.refused import Refused


def test_up_status_down_and_down_again(command: Command) -> None:
    code, stdout, stderr = command.run("up", "--account-id", "000000000042", "--idle-minutes", 7)
    endpoint = command.endpoint()
    server = about(endpoint)
    runs = (
        f"the embedded AWS runs since {server.since}: account 000000000042, pid {server.pid}, "
        f"until there are 7 minutes without a request\n{endpoint}\n"
    )

    assert (code, stdout, stderr) == (0, runs, "")
    assert server == About(
        endpoint=f"http://127.0.0.1:{server.port}",
        endpoint_file=str(command.folder / "endpoint"),
        account_id="000000000042",
        port=server.port,
        idle_minutes=7,
        pid=server.pid,
        since=server.since,
    )
    assert command.files() == ["endpoint", "lock", "server.log"]
    assert command.run("status") == (0, runs, "")

    stopped = f"stopped: pid {server.pid}, {endpoint}\n"
    assert command.run("down") == (0, stopped, "")
    assert not is_up(server)
    assert command.files() == ["lock", "server.log"]
    assert (command.folder / "server.log").read_text() == ""
    assert command.run("down") == (0, "nothing runs\n", "")
    assert command.run("status") == (3, "nothing runs\n", "")


def test_a_server_that_only_another_folder_names_is_told_by_it(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = command.up().endpoint
    monkeypatch.delenv("NETFLUX_LOCAL_ENDPOINT", raising=False)
    monkeypatch.setattr(detached, "FOLDER", tmp_path / "ours")
    assert detached.of_another_folder(endpoint) == str(tmp_path)
    here = Aws(Environment(**{**LOCAL.given, "endpoint": endpoint}))
    sentence = (
        f"local: the embedded AWS at {endpoint} is that of {tmp_path}, and none of this folder "
        "runs; start one, with: .venv/bin/python -m tools.local_aws up"
    )
    with pytest.raises(Refused, match=f"^{re.escape(sentence)}$"):
        here.check_account()
    monkeypatch.setenv("NETFLUX_LOCAL_ENDPOINT", endpoint)
    assert detached.of_another_folder(endpoint) is None
    monkeypatch.delenv("NETFLUX_LOCAL_ENDPOINT")
    monkeypatch.setattr(detached, "FOLDER", command.folder)
    assert detached.of_another_folder(endpoint) is None
    here.check_account()


def test_a_server_of_no_folder_is_nobodys(
    aws: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NETFLUX_LOCAL_ENDPOINT", raising=False)
    monkeypatch.setattr(detached, "FOLDER", tmp_path)
    assert detached.of_another_folder(aws.endpoint) is None
    assert detached.of_another_folder("http://127.0.0.1:1") is None


def test_status_and_down_without_a_folder_make_none(command: Command) -> None:
    assert command.run("status") == (3, "nothing runs\n", "")
    assert command.run("down") == (0, "nothing runs\n", "")
    assert not command.folder.exists()


def test_up_when_it_runs_gives_the_same_server(command: Command) -> None:
    first = command.run("up")

    assert command.run("up") == first
    assert command.run("up", "--port", about(command.endpoint()).port) == first


def test_two_ups_at_once_give_one_server(command: Command) -> None:
    first, second = command.start("up"), command.start("up")

    assert first.communicate() == second.communicate()
    assert (first.returncode, second.returncode) == (0, 0)


def test_up_with_other_values_than_the_running_server_is_refused(command: Command) -> None:
    server = command.up("--account-id", "000000000042")

    assert command.run("up", "--account-id", "000000000043", "--idle-minutes", 7) == (
        1,
        "",
        "local_aws: '--account-id' must be 000000000042, as of the server that runs since "
        f"{server.since} (got '000000000043'); leave it out, or stop that server first with "
        "`down`\n"
        "local_aws: '--idle-minutes' must be 60.0, as of the server that runs since "
        f"{server.since} (got 7.0); leave it out, or stop that server first with `down`\n",
    )


def test_up_takes_the_named_port(command: Command) -> None:
    port = free_port()

    assert command.up("--port", port).endpoint == f"http://127.0.0.1:{port}"


def test_up_on_a_named_port_in_use_is_an_error(command: Command, taken_port: int) -> None:
    assert command.run("up", "--port", taken_port) == (
        1,
        "",
        "local_aws: '--port' must be a port of 127.0.0.1 that is free and open to you "
        f"(got {taken_port}); stop what listens there, name another, or leave --port out to "
        "take a free one\n",
    )
    assert command.files() == ["lock"]


def test_up_takes_a_free_port_when_the_preferred_one_is_in_use(
    tmp_path: Path, taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detached, "PREFERRED_PORT", taken_port)
    server = detached.up(detached.Wanted(), tmp_path)

    assert server.port != taken_port
    assert detached.down(tmp_path) == server


@pytest.mark.parametrize("moment", ["stay", "_running"])
def test_ctrl_c_once_the_server_is_told_to_stay_ends_it(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched: list[Server] = []

    def noted(*values: Any, **options: Any) -> Server:
        launched.append(launch(*values, **options))
        return launched[0]

    def interrupted(*_: object) -> None:
        if launched:
            raise KeyboardInterrupt

    monkeypatch.setattr(detached, "launch", noted)
    if moment == "_running":
        monkeypatch.setattr(detached, "_running", interrupted)
    else:
        stay = Server.stay

        def interrupted_at_its_end(server: Server) -> None:
            stay(server)
            interrupted()

        monkeypatch.setattr(Server, "stay", interrupted_at_its_end)

    with pytest.raises(KeyboardInterrupt):
        detached.up(detached.Wanted(), tmp_path)
    assert launched[0].ended == "killed by SIGKILL"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["lock", "server.log"]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        pytest.param(
            detached.Wanted(account_id="12754974868"),
            "local_aws: '--account-id' must be 12 digits (got '12754974868'); give the account's "
            "number, with its leading zeros",
            id="account of 11 digits",
        ),
        pytest.param(
            detached.Wanted(account_id="12754974868x"),
            "local_aws: '--account-id' must be 12 digits (got '12754974868x'); give the account's "
            "number, with its leading zeros",
            id="account with a letter",
        ),
        pytest.param(
            detached.Wanted(port=0),
            "local_aws: '--port' must be 1 to 65535 (got 0); leave it out to take 4599, or any "
            "free one",
            id="port 0",
        ),
        pytest.param(
            detached.Wanted(port=65536),
            "local_aws: '--port' must be 1 to 65535 (got 65536); leave it out to take 4599, or "
            "any free one",
            id="port 65536",
        ),
        pytest.param(
            detached.Wanted(idle_minutes=0),
            "local_aws: '--idle-minutes' must be more than 0 (got 0); leave it out for 60",
            id="no idle time",
        ),
        pytest.param(
            detached.Wanted(idle_minutes=float("nan")),
            "local_aws: '--idle-minutes' must be more than 0 (got nan); leave it out for 60",
            id="idle time that is no number",
        ),
    ],
)
def test_a_wrong_value_is_one_sentence(
    tmp_path: Path, wanted: detached.Wanted, sentence: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        detached.up(wanted, tmp_path / "runtime")

    assert error.value.sentences == [sentence]
    assert not (tmp_path / "runtime").exists()


def test_a_killed_server_does_not_run_and_is_replaced(command: Command) -> None:
    killed = command.up()
    os.kill(killed.pid, signal.SIGKILL)
    assert within(3, lambda: not is_up(killed))

    assert command.files() == ["endpoint", "lock", "server.log"]
    assert command.run("status") == (3, "nothing runs\n", "")
    assert command.up().pid != killed.pid


def test_down_removes_what_a_killed_server_left(command: Command) -> None:
    killed = command.up()
    os.kill(killed.pid, signal.SIGKILL)
    assert within(3, lambda: not is_up(killed))

    assert command.run("down") == (0, "nothing runs\n", "")
    assert command.files() == ["lock", "server.log"]


def test_an_endpoint_that_is_now_somebody_elses_is_not_ours(
    command: Command, aws: LocalAws
) -> None:
    command.folder.mkdir()
    (command.folder / "endpoint").write_text(aws.endpoint)

    assert command.run("status") == (3, "nothing runs\n", "")
    assert command.run("down") == (0, "nothing runs\n", "")
    assert listens(aws.endpoint)


@pytest.mark.parametrize("answer", [b"", b"nonsense", b"[]", b"{}", b'{"endpoint": 1}'])
def test_an_endpoint_where_something_else_answers_is_not_ours(
    command: Command, answer: bytes
) -> None:
    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        command.folder.mkdir()
        (command.folder / "endpoint").write_text(f"http://127.0.0.1:{other.server_port}\n")

        assert command.run("status") == (3, "nothing runs\n", "")
        other.shutdown()


def test_an_endpoint_file_with_anything_else_in_it_is_none(command: Command) -> None:
    command.folder.mkdir()
    (command.folder / "endpoint").write_text("nonsense\n")

    assert command.run("status") == (3, "nothing runs\n", "")
    assert command.up().endpoint == command.endpoint()
