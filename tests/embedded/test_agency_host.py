"""Agencies with workers on their own hosts: the host does its agency's work, and can open nothing of anybody else."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest
import redis
import yaml
from django.core.management import CommandError, call_command
from django.db import connection

from agencies import actions as agencies
from config.env import VARIABLES, EnvironmentIncomplete, read
from core.envelope import KeyHeldElsewhere
from core.key_pairs import KeyPairs
from early_access.models import CredentialOpening, CredentialWrap
from embedded.services import REPOSITORY
from evaluations import actions as evaluations
from evaluations.models import AccessCheck
from jobs import actions as jobs
from jobs.broker_access import AGENCIES, access_list, queues, user
from jobs.celery_settings import AGENCY_QUEUES
from jobs.models import Echo, Job
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.embedded import agency_host as host
from tests.evaluations.test_assignments import RULES, attested
from tests.world import World

COMPOSE = {name: (REPOSITORY / f"docker-compose.{name}.yml").read_text() for name in ("agency", "hosts")}


def until(holds: Callable[[], bool], log: Path, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, log.read_text()[-3000:]
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_worker_on_its_own_host_opens_the_key_that_the_site_cannot(
    transactional_world: World, site: None, broker: host.Broker, folder: Path, tmp_path: Path
) -> None:
    world, log = transactional_world, tmp_path / "worker.log"
    request = make.scheduled(world)
    run_due(kinds=("evaluations.route", "evaluations.receive", "early_access.open_window"))
    evaluator, row = attested(world)
    with acting(evaluator):
        evaluations.prepare(assignment=row, by=evaluator, **RULES)
        assert not CredentialOpening.objects.exists()
        evaluations.ask_verification(assignment=row, by=evaluator)
        waiting = Job.objects.get(kind="evaluations.verify_access")
    assert waiting.queue == "agency.commerce-caisi"
    env = host.environ(folder, broker, "commerce")
    (Path(env["CONCORD_MEDIA_DIR"]) / "sealed").mkdir()
    with acting(world.person("commerce", "administrator")) as by:
        public = (folder / "public" / "commerce.pem").read_text()
        agencies.set_custody(agency=world.agency("commerce"), kind="agency_held", public_key=public, by=by)
    own = tmp_path / "own-logs"
    own.mkdir(0o700)
    looked = host.manage("agency_host", env=env | {"CONCORD_OWN_SEALED_DIR": str(own), "CONCORD_RUNNER": "inspect"})
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert looked.stdout.count("ok   ") == 14 and "NOT" not in looked.stdout
    for words in ("the key registered for commerce, rsa:", "logs of this host's own runs can be written", "lie apart"):
        assert words in looked.stdout

    with host.worker(env, ",".join(queues("commerce")), log):
        jobs.ring(waiting.pk, waiting.queue)
        until(lambda: Job.objects.get(pk=waiting.pk).state == Job.State.DONE, log)
        echo = jobs.enqueue("jobs.echo", key="host:1", queue="agency.commerce")
        until(lambda: Echo.objects.filter(job=echo).exists(), log)
        foreign = jobs.enqueue("jobs.echo", key="host:2", queue="agency.treasury")
        last = jobs.enqueue("jobs.echo", key="host:3", queue="agency.commerce")
        until(lambda: Echo.objects.filter(job=last).exists(), log)
    assert Echo.objects.get(job=echo).role == "concord_agency_commerce"
    assert Job.objects.get(pk=foreign.pk).state == Job.State.QUEUED, "another agency's job is not touched"
    with acting(world.person("aurora", "security")):
        (opening,) = CredentialOpening.objects.filter(request=request)
        assert (opening.opened_by, opening.agency) == (None, world.agency("commerce-caisi"))
        assert AccessCheck.objects.filter(opening=opening.pk).exists()
    assert "ERROR" not in log.read_text(), log.read_text()
    # what is left in the broker is this host's own, under keys that no other host may touch
    named = [key.decode() for key in broker.client("default", host.SITE).keys("unacked*")]
    assert all(name.startswith("unacked.agency.commerce") for name in named)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_host_of_another_agency_opens_nothing_even_with_the_row_in_its_hands(
    transactional_world: World, site: None, broker: host.Broker, folder: Path
) -> None:
    world = transactional_world
    request = make.opened(world)
    with acting(world.person("treasury", "evaluator")):
        wrap = CredentialWrap.objects.get(organisation=world.agency("treasury"), target__request=request)
    place = connection.settings_dict
    database = psycopg2.connect(host=place["HOST"], dbname=place["NAME"], user="concord_agency_commerce")
    try:
        with database.cursor() as cursor:
            cursor.execute("SELECT DISTINCT organisation_id::text FROM early_access_credentialwrap")
            assert cursor.fetchall() == [(str(world.agency("commerce-caisi").pk),)], "its own, and no more"
            cursor.execute(
                "SELECT count(*) FROM evaluations_evaluationassignment WHERE agency_id = %s", [wrap.organisation_id]
            )
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM jobs_job WHERE queue = 'agency.treasury'")
            assert cursor.fetchone() == (0,)
    finally:
        database.close()
    # stolen all the same: its private keys do not open what is sealed to somebody else, nor under another name
    keys = KeyPairs(folder / "public", folder / "commerce")
    with pytest.raises(KeyHeldElsewhere):
        keys.unwrap("treasury", wrap.key_id, wrap.wrapped_key)
    with pytest.raises(Exception, match="not in use any more"):
        keys.unwrap("commerce", wrap.key_id, wrap.wrapped_key)


ASKED = ("agency.commerce", "agency.commerce-caisi", "agency.defense-nsa", "default", "seal")


@pytest.mark.parametrize("queue", ASKED)
def test_the_broker_gives_a_host_its_own_queues_only(broker: host.Broker, queue: str) -> None:
    site, treasury = broker.client("default", host.SITE), broker.client("agency-treasury", host.WORDS["treasury"])
    site.lpush(queue, "a message")
    for call in (
        lambda: treasury.lrange(queue, 0, -1), lambda: treasury.brpop(queue, 1), lambda: treasury.delete(queue),
        lambda: treasury.rpop(queue),
    ):  # fmt: skip
        with pytest.raises(redis.exceptions.NoPermissionError):
            call()
    assert site.rpop(queue) == b"a message"
    treasury.lpush("agency.treasury", "mine")
    assert treasury.brpop(["agency.treasury", "agency.treasury\x06\x163"], 1) == (b"agency.treasury", b"mine")


def test_a_host_rings_the_site_and_no_other_agency(broker: host.Broker) -> None:
    site, treasury = broker.client("default", host.SITE), broker.client("agency-treasury", host.WORDS["treasury"])
    treasury.lpush("mail", "ring")
    assert site.rpop("mail") == b"ring"
    with pytest.raises(redis.exceptions.NoPermissionError):
        treasury.lpush("agency.commerce", "ring")
    with pytest.raises(redis.exceptions.NoPermissionError):
        treasury.sadd("_kombu.binding.agency.commerce", "agency.commerce\x06\x16\x06\x16agency.treasury")


@pytest.mark.parametrize("command", [
    "KEYS *", "SCAN 0", "RANDOMKEY", "MONITOR", "CONFIG GET *", "ACL LIST", "CLIENT LIST", "FLUSHALL", "SHUTDOWN",
    "SUBSCRIBE x", "PUBLISH x y", "EVAL return(redis.call('get','unacked.agency.commerce')) 0", "GET unacked.agency.commerce",
])  # fmt: skip
def test_a_host_administers_and_overhears_nothing(broker: host.Broker, command: str) -> None:
    with pytest.raises(redis.exceptions.ResponseError, match=r"(?i)permission"):
        broker.client("agency-treasury", host.WORDS["treasury"]).execute_command(*command.split(" "))


def test_the_way_to_the_broker_is_tls_that_is_checked(broker: host.Broker, tmp_path: Path) -> None:
    stranger = host.authority(tmp_path, "stranger")
    word = host.WORDS["treasury"]
    assert redis.Redis.from_url(broker.url("agency-treasury", word)).ping()
    with pytest.raises(redis.exceptions.ConnectionError, match="certificate verify failed"):
        redis.Redis.from_url(broker.url("agency-treasury", word, stranger)).ping()
    with pytest.raises(redis.exceptions.ConnectionError):
        redis.Redis(host="127.0.0.1", port=broker.port, username="agency-treasury", password=word).ping()
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis.from_url(broker.url("agency-treasury", host.WORDS["commerce"])).ping()


@pytest.mark.django_db(transaction=True)
def test_what_is_set_up_wrongly_is_said_in_sentences(
    transactional_world: World, broker: host.Broker, folder: Path, tmp_path: Path
) -> None:
    env = host.environ(folder, broker, "treasury", REDIS_URL=broker.url("agency-treasury", "wrong"))
    env |= {"CONCORD_PRIVATE_KEY_DIR": str(folder / "commerce"), "CONCORD_MEDIA_DIR": str(tmp_path)}
    with acting(transactional_world.person("treasury", "administrator")) as by:
        public = (folder / "public" / "treasury.pem").read_text()
        agencies.set_custody(
            agency=transactional_world.agency("treasury"), kind="agency_held", public_key=public, by=by
        )
    env["CONCORD_RUNNER"] = "inspect"
    (tmp_path / "agreements").mkdir()
    done = host.manage("agency_host", env=env)
    assert done.returncode == 1
    for sentence in (
        "NOT  broker: ", "Make the pair here (manage.py key_pair treasury)", "Remove commerce.pem",
        "Mount the site's folder of sealed files, read-only", "Mount only sealed/, not the folder above it.",
        "Have an administrator of the agency register this host's public key", "Set CONCORD_OWN_SEALED_DIR to a folder",
        "7 of these are not as they must be",
    ):  # fmt: skip
        assert sentence in done.stdout + done.stderr, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


AWAY = {
    "CONCORD_AGENCY_HOST": "treasury", "CONCORD_PRIVATE_KEY_DIR": "/keys",
    "DATABASE_URL": "postgresql://concord_agency_treasury:x@site/concord?sslmode=verify-full",
    "REDIS_URL": "rediss://agency-treasury:x@site:6380/0?ssl_cert_reqs=required",
}  # fmt: skip


def test_an_agency_host_is_complete_without_what_it_never_uses() -> None:
    known = {v.name: "set" for v in VARIABLES if v.required} | {"CONCORD_PUBLIC_KEY_DIR": "/public"}
    del known["CONCORD_MAIL_URL"], known["CONCORD_KEY_DIR"]
    found = read({**known, "CONCORD_PRODUCTION": "1", "CONCORD_KEY_PROVIDER": "pairs", **AWAY})
    assert found["CONCORD_AGENCY_HOST"] == "treasury"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"CONCORD_AGENCY_HOST": "energy"}, "there is no agency 'energy'"),
        (
            {"DATABASE_URL": "postgresql://concord_web:x@site/concord?sslmode=verify-full"},
            "sign in as concord_agency_treasury",
        ),
        (
            {"DATABASE_URL": "postgresql://concord_agency_treasury:x@site/concord?sslmode=require"},
            "sslmode=verify-full",
        ),
        ({"REDIS_URL": "redis://agency-treasury:x@site/0"}, "rediss://"),
        ({"REDIS_URL": "rediss://agency-treasury:x@site/0?ssl_cert_reqs=none"}, "ssl_cert_reqs=required"),
        ({"REDIS_URL": "rediss://default:x@site/0"}, "sign in as agency-treasury"),
        ({"CONCORD_PRIVATE_KEY_DIR": ""}, "CONCORD_PRIVATE_KEY_DIR"),
    ],
)
def test_a_host_that_could_do_more_or_less_does_not_start(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(EnvironmentIncomplete, match="own host is not set up yet") as raised:
        read({**AWAY, **changes})
    assert sentence in str(raised.value)


def test_the_access_list_holds_hashes_and_everybody_of_the_reference_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sorted(q for a in AGENCIES for q in queues(a)) == sorted(AGENCY_QUEUES)
    for name in AGENCIES:
        monkeypatch.delenv(f"CONCORD_BROKER_{name.upper()}_PASSWORD", raising=False)
    monkeypatch.delenv("CONCORD_BROKER_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="could not reach its broker"):
        call_command("broker_access")
    monkeypatch.setenv("CONCORD_BROKER_PASSWORD", host.SITE)
    with pytest.raises(CommandError, match="CONCORD_BROKER_TREASURY_PASSWORD"):
        call_command("broker_access")
    monkeypatch.setenv("CONCORD_BROKER_DEFENSE_PASSWORD", "short")
    with pytest.raises(CommandError, match="at least 20 letters and digits: CONCORD_BROKER_DEFENSE_PASSWORD"):
        call_command("broker_access")
    monkeypatch.setenv("CONCORD_BROKER_DEFENSE_PASSWORD", host.SITE)
    with pytest.raises(CommandError, match="the same"):
        call_command("broker_access")
    monkeypatch.setenv("CONCORD_BROKER_DEFENSE_PASSWORD", "d" * 24)
    capsys.readouterr()
    call_command("broker_access")
    printed = capsys.readouterr().out
    assert printed == access_list(host.SITE, {"defense": "d" * 24})
    assert "d" * 24 not in printed and host.SITE not in printed
    call_command("broker_access", queues="defense")
    assert capsys.readouterr().out.strip() == "agency.defense,agency.defense-nsa,agency.defense-cdao"


def test_the_compose_file_of_an_agency_host_gives_what_is_asked_and_nothing_of_the_site() -> None:
    service = yaml.safe_load(COMPOSE["agency"])["services"]["worker"]
    given = set(service["environment"]) - {"CONCORD_QUEUES", "REMAP_SIGTERM"}
    assert given <= {v.name for v in VARIABLES}
    assert {v.name for v in VARIABLES if v.required} - given == {"CONCORD_MAIL_URL", "CONCORD_KEY_DIR"}
    filled = {key: re.sub(r"\$\{(\w+):[^}]*\}", r"\1", value) for key, value in service["environment"].items()}
    filled = {key: value.replace("CONCORD_AGENCY_HOST", "treasury") for key, value in filled.items()}
    assert read({**filled, "CONCORD_AGENCY_HOST": "treasury"})["CONCORD_KEY_PROVIDER"] == "pairs"
    mounted = [v.rsplit(":", 2) if v.endswith(":ro") else v.rsplit(":", 1) for v in service["volumes"]]
    assert [m[1] for m in mounted if m[-1] != "ro"] == ["/var/lib/concord/private-keys"]
    folders = {service["environment"][name] for name in ("CONCORD_MEDIA_DIR", "CONCORD_OWN_SEALED_DIR")}
    assert {m[1] for m in mounted} >= {f"{min(folders)}/sealed", max(folders)}, (
        "the site's logs, and those of its own runs"
    )
    assert all(flag in service["command"][-1] for flag in host.TREASURY)
    site = yaml.safe_load(COMPOSE["hosts"])["services"]
    assert (
        "--aclfile" in site["broker"]["command"][-1]
        and " ".join(("--appendonly", "yes")) in site["broker"]["command"][-1]
    )
    assert user("treasury") in service["environment"]["REDIS_URL"].replace(
        "${CONCORD_AGENCY_HOST:?set CONCORD_AGENCY_HOST}", "treasury"
    )
