"""What is installed is exactly what the locks name, wherever it is downloaded from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PYTHON_LOCKS = ["requirements.txt", "tools/audit/requirements.txt"]


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_python_package_has_one_version_and_hashes(lock: str) -> None:
    text = (PROJECT / lock).read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", text)[1:] if entry]
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[a-z0-9._\[\]-]+==[^ ]+ (; .+ )?\\\n", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_a_python_lock_names_no_index(lock: str) -> None:
    text = (PROJECT / lock).read_text("utf-8")
    assert (
        re.findall(r"^(?:-i|--index-url|--extra-index-url|--find-links).*|https?://.*", text, re.M)
        == []
    )


def test_every_npm_package_has_its_integrity_and_no_address() -> None:
    lock = json.loads((PROJECT / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 100
    bundled = {name for name, package in packages.items() if package.get("inBundle")}
    for name in packages.keys() - bundled:
        assert packages[name].get("integrity", "").startswith("sha512-"), name
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert "omit-lockfile-registry-resolved=true" in (PROJECT / ".npmrc").read_text("utf-8")


def test_what_is_installed_is_held_to_the_hashes() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8").replace("\\\n", "")
    installs = re.findall(r"pip install (.*)", makefile)
    assert installs
    # uv itself, for the locks and for the workflows' checks, is no part of what is installed.
    assert {line for line in installs if "--require-hashes" not in line} == {"--quiet uv"}
    assert re.findall(r"npm (?:ci|install|i) .*", makefile) == [
        "npm ci --ignore-scripts --loglevel=error",
        "npm install --ignore-scripts --package-lock-only",
    ]
