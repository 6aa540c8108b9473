"""The entry point itself: parses on old Pythons, standard library only, usage and sentences."""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from embedded import runner
from embedded.given import addresses, spellings
from embedded.services import REPOSITORY, Unavailable
from embedded.settings import OWNER, ROLES
from embedded.stack import static_sources

ENTRY = REPOSITORY / "concord"


def imported(path: Path) -> set[str]:
    """First parts of all imported names."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    direct = {alias.name.split(".")[0] for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    return direct | {(n.module or "").split(".")[0] for n in nodes if isinstance(n, ast.ImportFrom)}


def test_the_entry_point_parses_on_python_3_7() -> None:
    ast.parse(ENTRY.read_text(), feature_version=(3, 7))
    assert os.access(ENTRY, os.X_OK)


def test_the_starter_is_standard_library_only() -> None:
    own = {"embedded", "pytest"}  # the plugin is loaded by pytest
    assert imported(ENTRY) <= sys.stdlib_module_names
    for path in (REPOSITORY / "embedded").glob("*.py"):
        assert imported(path) - own <= sys.stdlib_module_names, path.name


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(ENTRY), *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [(), ("fly",)])
def test_no_or_an_unknown_command_is_usage(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    for command in ("up", "test", "manage", "bench", "story"):
        assert f"\n  {command} " in done.stderr


def test_help_is_no_mistake() -> None:
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "usage: ./concord" in done.stdout


def test_an_old_python_gets_a_sentence() -> None:
    code = (
        "import sys, runpy, shutil, platform; sys.version_info = (3, 9, 2); platform.python_version = lambda: '3.9.2';"
        "shutil.which = lambda *a: None; sys.argv = ['concord', 'up'];"
        f"runpy.run_path({str(ENTRY)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr == "concord: Python 3.11 or newer is needed, this is 3.9.2: install one.\n"


@pytest.fixture
def taken():
    """A port that somebody listens on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_wanted_port_that_is_taken_is_a_sentence(taken: int) -> None:
    with pytest.raises(Unavailable, match=f"Port {taken} is taken: choose another with --port"):
        runner.free_port(taken)


def test_without_a_wish_the_next_free_port_is_used(taken: int) -> None:
    assert runner.free_port(None, first=taken) > taken


def test_two_that_start_at_once_choose_different_ports(taken: int) -> None:
    """Nobody listens on the first one's port yet."""
    chosen = runner.free_port(None, first=taken)
    code = f"from embedded import runner; print(runner.free_port(None, first={taken}))"
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=runner.REPOSITORY, capture_output=True, text=True, check=True
    )
    assert int(other.stdout) > chosen
    again = subprocess.run(
        [sys.executable, "-c", code], cwd=runner.REPOSITORY, capture_output=True, text=True, check=True
    )
    assert again.stdout == other.stdout, "a claim ends with its process"


def test_a_second_up_in_the_folder_is_a_sentence(tmp_path: Path) -> None:
    state = runner.prepare(tmp_path / "state")
    with runner.only_one(state), pytest.raises(Unavailable, match="already up"), runner.only_one(state):
        pass


def test_a_state_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="choose another folder with --state"):
        runner.prepare(tmp_path / "file" / "state")


def test_what_was_collected_is_no_source_of_what_is_collected(tmp_path: Path) -> None:
    for name in ("room/static/room.css", "static/site.css", ".local/static/site.css", ".local/static/stamp"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [str(p.relative_to(tmp_path)) for p in static_sources(tmp_path)] == [
        "room/static/room.css",
        "static/site.css",
    ]


def test_ways_into_a_given_server_keep_its_place_and_password() -> None:
    login, member = spellings("postgresql://admin:s%40fe@db.example:6543/concord?sslmode=require", "concord_web")
    assert login == "postgresql://concord_web:s%40fe@db.example:6543/concord?sslmode=require"
    assert member.startswith("postgresql://admin:s%40fe@db.example:6543/concord?sslmode=require&options=")
    assert member.endswith("options=-c%20role%3Dconcord_web")


def test_a_given_server_is_entered_by_each_roles_own_login() -> None:
    found = addresses(os.environ["DATABASE_URL"].replace("/concord?", "/postgres?"), (OWNER, *ROLES))
    assert set(found) == {OWNER, *ROLES}
    for role, address in found.items():
        assert address.startswith(f"postgresql://{role}@/postgres?host=")


def test_a_role_that_cannot_get_in_is_a_sentence() -> None:
    with pytest.raises(Unavailable, match="no way in for concord_agency_none: have an administrator"):
        addresses(os.environ["DATABASE_URL"].replace("/concord?", "/postgres?"), (OWNER, "concord_agency_none"))


def test_a_server_that_does_not_answer_is_a_sentence() -> None:
    with pytest.raises(Unavailable, match="does not let us in"):
        addresses("postgresql://concord_owner@/concord?host=%2Fnowhere", (OWNER,))
