"""The embedded AWS: the command, the context manager, and how the server ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from constructs_lib.errors import InvalidInput
from tools.local_aws import LocalAws, StartFailure, detached, launch
from tools.local_aws.application import Application
from tools.local_aws.protocol import ABOUT_PATH, About

PROJECT = Path(__file__).resolve().parents[3]
MODULE = ["-m", "tools.local_aws"]


class Command:
    """`python -m tools.local_aws` on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, *arguments: object, python: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command, *options = map(str, arguments)
        return subprocess.Popen(
            [sys.executable, *python, *MODULE, command, f"--folder={self.folder}", *options],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: object, python: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        process = self.start(*arguments, python=python)
        stdout, stderr = process.communicate(timeout=60)
        return process.returncode, stdout, stderr

    def up(self, *options: object) -> About:
        assert self.run("up", *options)[0] == 0
        return about(self.endpoint())

    def endpoint(self) -> str:
        return (self.folder / "endpoint").read_text().strip()

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Command]:
    command = Command(tmp_path / "runtime")
    yield command
    detached.down(command.folder)


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws() as aws:
        yield aws


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def about(endpoint: str) -> About:
    with urllib.request.urlopen(endpoint + ABOUT_PATH, timeout=5) as response:
        return About(**json.load(response))


def listens(endpoint: str) -> bool:
    url = urlsplit(endpoint)
    try:
        socket.create_connection((str(url.hostname), url.port or 0), timeout=1).close()
    except OSError:
        return False
    return True


def is_up(server: About) -> bool:
    """Whether this very server answers; another may have taken its port meanwhile."""
    try:
        return about(server.endpoint) == server
    except (OSError, HTTPException):
        return False


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


# up, down, status


def test_up_status_down_and_down_again(command: Command) -> None:
    code, stdout, stderr = command.run("up", "--account-id", "000000000042", "--idle-minutes", 7)
    endpoint = command.endpoint()
    server = about(endpoint)
    runs = (
        f"the embedded AWS runs since {server.since}: account 000000000042, pid {server.pid}; "
        f"it ends after 7 minutes without a request\n{endpoint}\n"
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


# Files that a crash leaves


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


# How a server ends by itself


def test_it_ends_after_the_idle_time(command: Command) -> None:
    server = command.up("--idle-minutes", 0.01)

    assert within(5, lambda: not is_up(server))
    assert command.files() == ["lock", "server.log"]


def test_it_ends_when_its_folder_is_removed(command: Command) -> None:
    server = command.up()
    shutil.rmtree(command.folder)

    assert within(3, lambda: not is_up(server))
    assert not command.folder.exists()


def test_it_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import time\n"
        "from tools.local_aws import LocalAws\n"
        "with LocalAws() as aws:\n"
        "    print(aws.endpoint, flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    endpoint = parent.stdout.readline().strip()
    assert listens(endpoint)
    parent.kill()
    parent.communicate()

    assert within(3, lambda: not listens(endpoint))
    assert list(tmp_path.iterdir()) == []


def test_it_ends_and_tidies_up_when_its_process_is_ended(command: Command) -> None:
    server = command.up()
    os.kill(server.pid, signal.SIGTERM)

    assert within(3, lambda: not is_up(server))
    assert command.files() == ["lock", "server.log"]


def test_a_ctrl_c_in_the_terminal_is_not_for_the_server(command: Command) -> None:
    server = command.up()

    assert os.getsid(server.pid) == server.pid


@pytest.fixture
def endless_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A moto that takes a minute to import."""
    (tmp_path / "moto").mkdir()
    (tmp_path / "moto" / "__init__.py").write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("endless_start")
@pytest.mark.parametrize("seconds", [0, 0.01, 0.1, 0.3])
def test_ctrl_c_in_up_leaves_no_server_and_no_file(command: Command, seconds: float) -> None:
    port = free_port()
    process = command.start("up", "--port", port)
    assert within(5, (command.folder / "server.log").exists)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)

    assert process.communicate() == ("", "interrupted\n")
    assert process.returncode == 130
    assert within(2, lambda: not listens(f"http://127.0.0.1:{port}"))
    assert command.files() == ["lock", "server.log"]


@pytest.mark.usefixtures("endless_start")
def test_a_server_whose_up_is_killed_ends_and_no_old_endpoint_is_left(command: Command) -> None:
    command.folder.mkdir()
    (command.folder / "endpoint").write_text("http://127.0.0.1:9\n")
    port = free_port()
    process = command.start("up", "--port", port)
    assert within(5, lambda: listens(f"http://127.0.0.1:{port}"))
    process.kill()
    process.communicate()

    assert within(3, lambda: not listens(f"http://127.0.0.1:{port}"))
    assert command.files() == ["lock", "server.log"]


# Failures to start


def test_moto_that_is_not_installed_is_one_sentence(command: Command) -> None:
    without_packages = ("-S",)

    assert command.run("up", python=without_packages) == (
        1,
        "",
        f"local_aws: the embedded AWS needs moto and flask and flask_cors, which {sys.executable} "
        "does not have; run `make setup`, and start it with `.venv/bin/python`; "
        "in another project: pip install 'netflux-ecs[local-aws]'\n",
    )


def test_a_server_that_ends_before_it_answers_shows_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with (tmp_path / "log").open("w+") as log, pytest.raises(StartFailure) as error:
        launch.launch(launch.listen(), log, account_id="1", options=("--idle-minutes=x",))

    assert str(error.value) == (
        "local_aws: the server ended with exit code 2 before it answered; its log ends with:\n"
        "  usage: python -m tools.local_aws.server [-h] --listener LISTENER "
        "[--endpoint-file ENDPOINT_FILE] [--idle-minutes IDLE_MINUTES]\n"
        "  python -m tools.local_aws.server: error: argument --idle-minutes: "
        "invalid float value: 'x'"
    )


def test_a_server_that_does_not_answer_in_time_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "SECONDS_TO_START", 0)
    port = free_port()
    with (tmp_path / "log").open("w+") as log, pytest.raises(StartFailure) as error:
        launch.launch(launch.listen(port), log, account_id="1")

    assert str(error.value) == (
        "local_aws: the server did not answer within 0 seconds; its log ends with: nothing"
    )
    assert not listens(f"http://127.0.0.1:{port}")


# The context manager


def test_the_account_and_the_managed_policies_are_there(aws: LocalAws) -> None:
    arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"

    assert aws.account_id == "127549748682"
    assert aws.client("sts").get_caller_identity()["Account"] == "127549748682"
    assert aws.client("iam").get_policy(PolicyArn=arn)["Policy"]["Arn"] == arn


def test_another_account_and_nothing_left_after_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with LocalAws(account_id="000000000042") as aws:
        account = aws.client("sts", "eu-central-1").get_caller_identity()["Account"]
        endpoint, pid = aws.endpoint, about(aws.endpoint).pid

    assert account == "000000000042"
    assert not listens(endpoint)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert list(tmp_path.iterdir()) == []


def test_it_listens_on_127_0_0_1_only(aws: LocalAws) -> None:
    url = urlsplit(aws.endpoint)

    assert (url.scheme, url.hostname) == ("http", "127.0.0.1")
    assert not listens(f"http://127.0.0.2:{url.port}")


def test_the_environment_cannot_reach_a_real_account(
    aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", "/somewhere")
    monkeypatch.setenv("NETFLUX_ENV", "prod")
    monkeypatch.setenv("NO_PROXY", "example.com")
    monkeypatch.setenv("AWS_PROFILE", "prod")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://example.com")

    assert aws.environment == {
        "HOME": "/somewhere",
        "NETFLUX_ENV": "local",
        "NETFLUX_LOCAL_ENDPOINT": aws.endpoint,
        "AWS_ACCESS_KEY_ID": "local-aws",
        "AWS_SECRET_ACCESS_KEY": "local-aws",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "example.com,127.0.0.1",
        "no_proxy": "127.0.0.1",
    }


def test_server_and_client_work_whatever_profile_and_proxy_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "a-profile-that-is-not-there")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with LocalAws() as aws:
        assert aws.client("ecs").list_task_definitions()["taskDefinitionArns"] == []


def test_each_service_that_we_use_answers_and_is_empty_at_first() -> None:
    with LocalAws() as aws:
        answers = [
            aws.client("s3").list_buckets()["Buckets"],
            aws.client("iam").list_roles()["Roles"],
            aws.client("ecs").list_task_definitions()["taskDefinitionArns"],
            aws.client("logs").describe_log_groups()["logGroups"],
            aws.client("secretsmanager").list_secrets()["SecretList"],
            aws.client("ssm").describe_parameters()["Parameters"],
            aws.client("resourcegroupstaggingapi").get_resources()["ResourceTagMappingList"],
        ]

    assert answers == [[]] * 7


def test_a_bucket_for_tls_only_can_be_used_and_keeps_its_policy(aws: LocalAws) -> None:
    policy = bucket_policy("tls-only", {"Bool": {"aws:SecureTransport": "false"}})
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="tls-only")
    s3.put_bucket_policy(Bucket="tls-only", Policy=json.dumps(policy))
    s3.put_object(Bucket="tls-only", Key="key", Body=b"value")

    assert s3.get_object(Bucket="tls-only", Key="key")["Body"].read() == b"value"
    assert json.loads(s3.get_bucket_policy(Bucket="tls-only")["Policy"]) == policy


def test_a_bucket_that_denies_without_a_condition_denies(aws: LocalAws) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="closed")
    s3.put_bucket_policy(Bucket="closed", Policy=json.dumps(bucket_policy("closed", {})))

    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket="closed", Key="key", Body=b"value")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def bucket_policy(bucket: str, condition: dict[str, object]) -> dict[str, object]:
    statement: dict[str, object] = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
    }
    if condition:
        statement["Condition"] = condition
    return {"Version": "2012-10-17", "Statement": [statement]}


# Many clients at once


def test_one_of_ten_conditional_puts_at_once_wins(aws: LocalAws) -> None:
    clients = [aws.client("s3") for _ in range(10)]
    clients[0].create_bucket(Bucket="conditional-put")

    def put(client: Any, key: str) -> str:
        try:
            client.put_object(Bucket="conditional-put", Key=key, Body=b"{}", IfNoneMatch="*")
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "won"

    with ThreadPoolExecutor(10) as pool:
        for key in ("a", "b", "c", "d", "e"):
            outcomes = sorted(pool.map(put, clients, [key] * 10))
            assert outcomes == ["PreconditionFailed"] * 9 + ["won"]


def test_requests_to_moto_take_turns() -> None:
    inside = threading.Semaphore(1)

    def moto(_: object, __: object) -> list[bytes]:
        assert inside.acquire(blocking=False), "two requests at once"
        time.sleep(0.01)
        inside.release()
        return [b"done"]

    application = Application(moto, any_about())

    with ThreadPoolExecutor(10) as pool:
        answers = pool.map(lambda _: application({"PATH_INFO": "/"}, start_nothing), range(10))
    assert list(answers) == [[b"done"]] * 10


def test_only_requests_to_moto_count_against_idleness() -> None:
    application = Application(lambda _, __: [], any_about())
    time.sleep(0.05)
    application({"PATH_INFO": ABOUT_PATH}, start_nothing)
    after_a_look = application.idle_seconds()
    application({"PATH_INFO": "/"}, start_nothing)
    after_a_request = application.idle_seconds()

    assert after_a_look >= 0.05 > after_a_request


def any_about() -> About:
    return About("http://127.0.0.1:1", "endpoint", "1", 1, 1, 1, "now")


def start_nothing(*_: object) -> Any:
    return None
