"""Production settings: what must be there is demanded all at once, and Django's own deployment check is clean."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.env import VARIABLES, EnvironmentIncomplete, read
from core import key_pairs
from embedded.services import REPOSITORY

COMPLETE = {
    "CONCORD_PRODUCTION": "1", "CONCORD_SECRET_KEY": "6Zt0vY4m" * 8, "CONCORD_BASE_URL": "https://concord.example",
    "CONCORD_KEY_PROVIDER": "pairs", "CONCORD_PUBLIC_KEY_DIR": "/keys/public", "CONCORD_KEY_DIR": "/keys",
    "CONCORD_MEDIA_DIR": "/media", "CONCORD_MAIL_URL": "smtp://mail.example:25", "REDIS_URL": "redis://broker/0",
    "DATABASE_URL": "postgresql://concord_web@db/concord",
}  # fmt: skip
AGENCIES = ("signing", "webhooks", "treasury", "defense", "commerce", "homeland")


def test_all_missing_settings_are_named_at_once() -> None:
    with pytest.raises(EnvironmentIncomplete) as raised:
        read({"CONCORD_PRODUCTION": "1"})
    for variable in VARIABLES:
        assert (f"  {variable.name}: {variable.meaning}" in str(raised.value)) == variable.required


def test_a_complete_environment_is_read() -> None:
    assert read(COMPLETE)["CONCORD_KEY_PROVIDER"] == "pairs"


@pytest.mark.parametrize("provider", ["file", "vault"])
def test_production_refuses_keys_that_seal_and_open(provider: str) -> None:
    with pytest.raises(EnvironmentIncomplete, match="CONCORD_KEY_PROVIDER: only pairs starts in production"):
        read({**COMPLETE, "CONCORD_KEY_PROVIDER": provider})


def test_key_pairs_need_a_folder_of_public_keys() -> None:
    with pytest.raises(EnvironmentIncomplete, match=r"set:\n  CONCORD_PUBLIC_KEY_DIR: [^\n]*$"):
        read({**COMPLETE, "CONCORD_PUBLIC_KEY_DIR": ""})


@pytest.mark.parametrize("also", ["CONCORD_DEMO", "CONCORD_DEBUG"])
def test_demo_and_debugging_do_not_start_with_production_settings(also: str) -> None:
    with pytest.raises(EnvironmentIncomplete, match="do not start with production settings"):
        read({**COMPLETE, also: "1"})


def manage(*arguments: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    own = {k: v for k, v in os.environ.items() if not k.startswith(("CONCORD_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False,
        env={**own, "DJANGO_SETTINGS_MODULE": "config.settings", **environ},
    )  # fmt: skip


def test_no_process_starts_without_its_settings() -> None:
    done = manage("check", environ={"CONCORD_PRODUCTION": "1"})
    assert done.returncode != 0
    assert "CONCORD_SECRET_KEY" in done.stderr and "CONCORD_MAIL_URL" in done.stderr


def test_the_deployment_check_is_clean_and_misses_no_public_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_pairs, "BITS", key_pairs.LEAST_BITS)
    public = key_pairs.make(tmp_path / "private", "signing")
    for name in AGENCIES[:-1]:
        (tmp_path / f"{name}.pem").write_bytes(public)
    environ = {**COMPLETE, "CONCORD_PUBLIC_KEY_DIR": str(tmp_path)}
    done = manage("check", "--deploy", "--fail-level", "WARNING", environ=environ)
    assert done.returncode == 1
    assert "(concord.E004) No fit public key of homeland is installed." in done.stderr
    assert "System check identified 1 issue" in done.stderr
    (tmp_path / "homeland.pem").write_bytes(public)
    done = manage("check", "--deploy", "--fail-level", "WARNING", environ=environ)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (1 silenced).\n"), done.stderr


def test_workers_take_their_time_to_stop_in_production_only() -> None:
    code = "from config.celery import app; print(app.conf.worker_soft_shutdown_timeout)"
    arguments = ["shell", "-v0", "-c", code]
    assert manage(*arguments, environ=COMPLETE).stdout == "20\n"
    assert manage(*arguments, environ={**COMPLETE, "CONCORD_PRODUCTION": "0"}).stdout == "3\n"
