"""Keys per variant: each agency holds those that it may, each is replaced, taken back and opened by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from core import rls
from core.decisions import Conflict, Invalid, Refused
from early_access import actions, completeness, keys, queries
from early_access.models import (
    AccessCredential,
    CredentialOpening,
    CredentialWrap,
    EarlyAccessRequest,
    RevocationProof,
    VariantConsent,
)
from early_access.rules.keys import holders, serves, serving
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_keys import told
from tests.world import World, client_for

CAISI, TREASURY = make.AGENCIES
HELPFUL = "sk-helpful-5f2c9a77"
TWO: dict[str, dict[str, Any]] = {
    "variants": {"variants": ["production", "helpful_only"]},
    "agencies": {"agencies": list(make.AGENCIES), "without_helpful_only": [TREASURY]},
    "credential": {
        "secret": make.SECRET, "helpful_only_secret": HELPFUL, "helpful_only_base_url": "https://bare.aurora.example/v1",
        "helpful_only_model_name": "heron-bare",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the room above: attestations are not this file's."""
    monkeypatch.setattr("early_access.hooks.may_open_credential", [])


def opened(world: World, **changes: Any) -> EarlyAccessRequest:
    return make.opened(world, **TWO | changes)


def by_agency(world: World, request: EarlyAccessRequest, agency: str) -> dict[str, str]:
    """What an agency's own worker opens, by variant."""
    with acting(world.person(agency, "evaluator")):
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        place = world.agency(agency)
        return {key.variant: actions.open_for_worker(key, place) for key in keys.live(row, place)}


def developer(world: World, request: EarlyAccessRequest, act: Any, **kwargs: Any) -> Any:
    with acting(world.person("aurora", "security")) as by:
        return act(request=make.seen(world, request), by=by, **kwargs)


def replace(
    world: World, request: EarlyAccessRequest, variant: str = "", secret: str = "sk-next-11", **more: Any
) -> Any:  # a test's
    return developer(world, request, actions.replace_key, variant=variant, secret=secret, expires_on=None, **more)


def test_which_variants_a_key_serves_and_who_may_hold_it() -> None:
    three = ["production", "reduced_safeguard", "helpful_only"]
    assert serves("", offered=three, own=["helpful_only"]) == three[:2]
    assert serves("helpful_only", offered=three, own=["helpful_only"]) == ["helpful_only"]
    assert serves("helpful_only", offered=three[:1], own=["helpful_only"]) == []
    said: dict[str, Any] = {"offered": three, "agencies": ["a", "b"], "withheld": {("b", "helpful_only")}}
    assert holders("", own=[], **said) == ["a"], "one key for all: b would reach what it may not"
    assert holders("", own=["helpful_only"], **said) == ["a", "b"]
    assert holders("helpful_only", own=["helpful_only"], **said) == ["a"]
    assert holders("", own=three, **said) == [], "it serves nothing"
    assert holders("", **said | {"offered": []}, own=[]) == ["a", "b"]
    assert holders("production", **said | {"offered": []}, own=["production"]) == []
    assert (serving("production", ["helpful_only"]), serving("helpful_only", ["helpful_only"])) == ("", "helpful_only")


def test_each_agency_opens_the_keys_of_the_variants_it_may_test(world: World) -> None:
    request = opened(world)
    assert by_agency(world, request, CAISI) == {"": make.SECRET, "helpful_only": HELPFUL}
    assert by_agency(world, request, TREASURY) == {"": make.SECRET}
    with acting(world.person(TREASURY, "evaluator")) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        assert not AccessCredential.objects.filter(variant="helpful_only").exists(), "not even that there is one"
        assert {c.kind: c.consented for c in keys.consents(row)} == {"production": True, "helpful_only": False}
        assert [
            (c.title, c.base_url) for c in keys.for_agency(row, world.agency(TREASURY), queries.specification(row))
        ] == [("Production safeguards", "https://models.aurora.example/v1")]
        assert not VariantConsent.objects.visible_to(by).exclude(agency=world.agency(TREASURY)).exists()
    with acting(world.person(CAISI, "evaluator")):
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        cards = keys.for_agency(row, world.agency(CAISI), queries.specification(row))
        assert [(c.title, c.base_url, c.model_name) for c in cards] == [
            ("Production safeguards", "https://models.aurora.example/v1", "heron-preview"),
            ("Helpful only", "https://bare.aurora.example/v1", "heron-bare"),
        ]
    with acting(world.person("basalt", "security")):
        assert not AccessCredential.objects.exists() and not VariantConsent.objects.exists()
    with acting(world.person("aurora", "security")):
        said = [(o.agency.slug, o.variant, o.version) for o in CredentialOpening.objects.select_related("agency")]
        assert sorted(said) == [(CAISI, "", 1), (CAISI, "helpful_only", 1), (TREASURY, "", 1)]


def test_a_key_that_would_reach_too_much_stands_against_submitting(world: World) -> None:
    one_key = TWO["credential"] | {
        "helpful_only_secret": "",
        "helpful_only_base_url": "",
        "helpful_only_model_name": "",
    }
    request = make.draft(world, **TWO | {"credential": one_key})
    with acting(world.person("aurora", "drafter")) as by:
        with pytest.raises(Invalid, match="may not test “Helpful only”, and one key serves it"):
            actions.submit(request=request, by=by)
        page = client_for(by).get(f"/requests/{request.reference}/section/credential/").content.decode()
        assert "“Helpful only”: access key of its own" in page and "“Reduced safeguards”: access key" not in page
        problems = completeness.gather(request, queries.drafted(request), completeness.now()).problems
        assert [p.field for p in problems] == ["credential.helpful_only_secret"]
        typed = {"helpful_only_secret": HELPFUL, "helpful_only_base_url": "http://10.0.0.1/"}
        with pytest.raises(Invalid) as refused:
            actions.save_section(request=request, section="credential", data=typed, row_version=1, by=by)
        assert [p.field for p in refused.value.problems] == ["helpful_only_base_url"]
        saved = actions.save_section(
            request=request, section="credential", data=typed | {"helpful_only_base_url": ""}, row_version=1, by=by
        )
        assert (saved.data["sealed_for"], saved.data["helpful_only_sealed_for"]) == ([CAISI], [CAISI])
        assert HELPFUL not in str(saved.data)
        with pytest.raises(Invalid, match="sealed before Department of the Treasury was chosen"):
            actions.submit(request=request, by=by)
        actions.save_section(request=request, section="credential", data={"secret": "sk-again-1"}, row_version=2, by=by)
        actions.submit(request=request, by=by)
    with acting(world.person("aurora", "security")):
        wraps = CredentialWrap.objects.filter(target__request=request, target__revoked_at=None)
        found = sorted(wraps.values_list("target__variant", "organisation__slug"))
        assert found == [("", CAISI), ("", TREASURY), ("helpful_only", CAISI)]
        assert not VariantConsent.objects.exclude(own_key=True).filter(kind="helpful_only").exists()


def test_a_key_is_replaced_by_itself_and_told_to_those_who_held_it(world: World) -> None:
    request = opened(world)
    assert by_agency(world, request, CAISI)["helpful_only"] == HELPFUL
    with pytest.raises(Conflict, match="version 1, was sealed since"):
        replace(world, request, "helpful_only", replaces=0)
    made = replace(world, request, "helpful_only", replaces=1, base_url="https://new.aurora.example/v1")
    assert (made.version, made.variant) == (2, "helpful_only")
    assert by_agency(world, request, CAISI) == {"": make.SECRET, "helpful_only": "sk-next-11"}
    assert by_agency(world, request, TREASURY) == {"": make.SECRET}
    assert told(world, "key_replaced", CAISI, "evaluator") == 1
    assert told(world, "key_replaced", TREASURY, "evaluator") == told(world, "key_replaced", "basalt", "security") == 0
    with rls.context(user=world.staff.pk):
        assert not [e for e in Event.objects.all() if "new.aurora" in str(e.body) or "sk-next" in str(e.body)]
    with pytest.raises(Invalid, match="not offered"):
        replace(world, request, "reduced_safeguard")
    with pytest.raises(Invalid, match="127"):
        replace(world, request, base_url="https://127.0.0.1/v1")


def test_the_database_keeps_one_live_key_per_variant(world: World) -> None:
    request = opened(world)
    with acting(world.person("aurora", "security")), pytest.raises(IntegrityError), transaction.atomic():
        AccessCredential.objects.create(
            request=request, developer=request.developer, variant="helpful_only", version=7, ciphertext=b"x"
        )


def test_one_key_is_taken_back_and_never_falls_to_the_common_one(world: World) -> None:
    request = opened(world)
    developer(world, request, actions.revoke_key, variant="helpful_only")
    assert by_agency(world, request, CAISI) == {"": make.SECRET}
    with acting(world.person("aurora", "security")) as by:
        cards = keys.for_developer(make.seen(world, request), None, None)
        assert [(c.title, c.key is not None) for c in cards] == [
            ("Production safeguards", True),
            ("Helpful only", False),
        ]
        page = client_for(by).get(f"/requests/{request.reference}/").content.decode()
    assert "agencies cannot reach the model in this variant until you seal one" in page
    with pytest.raises(Refused, match="no key that could be taken back"):
        developer(world, request, actions.revoke_key, variant="helpful_only")
    developer(world, request, actions.revoke_key)
    assert by_agency(world, request, CAISI) == {}
    assert told(world, "key_revoked", TREASURY, "evaluator") == 1, "of the common key only"


def test_the_first_key_of_its_own_takes_the_variant_from_the_common_one(world: World) -> None:
    request = make.opened(world)
    replace(world, request, "production")
    assert by_agency(world, request, CAISI) == by_agency(world, request, TREASURY) == {"production": "sk-next-11"}
    with acting(world.person("aurora", "security")):
        old = AccessCredential.objects.get(request=request, variant="")
        assert old.revoked_because == "every variant has its own key"
    with pytest.raises(Conflict, match="no key is needed"):
        replace(world, request)


def test_consent_to_a_variant_is_taken_back_at_once_and_given_with_the_next_key(world: World) -> None:
    request = opened(world)
    place = world.agency(CAISI)
    change = {"agency": place, "variant": "helpful_only"}
    developer(world, request, actions.change_consent, consented=False, **change)
    assert by_agency(world, request, CAISI) == {"": make.SECRET}
    developer(world, request, actions.change_consent, consented=False, **change)  # the same again
    assert told(world, "variant_withheld", CAISI, "evaluator") == 1
    assert told(world, "variant_withheld", TREASURY, "evaluator") == 0
    with pytest.raises(Conflict, match="no key is needed"):
        replace(world, request, "helpful_only")
    developer(world, request, actions.change_consent, consented=True, **change)
    assert by_agency(world, request, CAISI) == {"": make.SECRET}, "nobody can seal what was typed once"
    replace(world, request, "helpful_only")
    assert by_agency(world, request, CAISI) == {"": make.SECRET, "helpful_only": "sk-next-11"}
    developer(world, request, actions.change_consent, consented=False, agency=place, variant="production")
    assert by_agency(world, request, CAISI) == {"helpful_only": "sk-next-11"}
    with acting(world.person(TREASURY, "evaluator")) as by:
        event = client_for(by).get(f"/requests/{request.reference}/").content.decode()
    assert "took consent to a variant back" not in event, "another agency's business"


def test_a_question_of_intake_does_not_bring_consent_back(world: World) -> None:
    request = make.submitted(world, **TWO)
    developer(
        world, request, actions.change_consent, agency=world.agency(CAISI), variant="helpful_only", consented=False
    )
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        actions.ask_for_information(request=request, question="Which context?", by=by)
    with pytest.raises(Refused, match="section “Agencies and consent”"):
        developer(
            world, request, actions.change_consent, agency=world.agency(CAISI), variant="helpful_only", consented=True
        )
    with acting(world.person("aurora", "drafter")) as by:
        actions.answer(request=request, text="128,000.", by=by)
        said = VariantConsent.objects.filter(kind="helpful_only").values_list("consented", flat=True)
        assert set(said) == {False}


def pages(by: User, request: EarlyAccessRequest, *paths: str) -> list[int]:
    client = client_for(by)
    return [client.get(f"/requests/{request.reference}/{path}").status_code for path in paths]


def test_pages_of_both_sides(world: World) -> None:
    request = opened(world)
    url = f"/requests/{request.reference}"
    evaluator = client_for(world.person(CAISI, "evaluator"))
    both = evaluator.get(f"{url}/connect/{CAISI}/").content.decode()
    assert "Production safeguards" in both and "heron-bare" in both and HELPFUL not in both
    assert '<form method="post" class="c-form"' not in both, "each key has a page of its own"
    one = evaluator.post(f"{url}/connect/{CAISI}/helpful_only/", {"text": "Jailbreak suite"})
    assert HELPFUL in one.content.decode() and one["Cache-Control"] == "no-store"
    assert make.SECRET in evaluator.post(f"{url}/connect/{CAISI}/common/", {"text": "Suite"}).content.decode()
    other = client_for(world.person(TREASURY, "evaluator"))
    assert other.post(f"{url}/connect/{TREASURY}/helpful_only/", {"text": "x"}).status_code == 404
    assert other.post(f"{url}/connect/{CAISI}/helpful_only/", {"text": "x"}).status_code == 404
    assert "Helpful only" not in other.get(f"{url}/connect/{TREASURY}/").content.decode()
    security = client_for(world.person("aurora", "security"))
    page = security.get(f"{url}/").content.decode()
    assert "Who may test which variant" in page and "Jailbreak suite" in page
    with acting(world.person("aurora", "security")):
        consent = VariantConsent.objects.get(agency=world.agency(CAISI), kind="helpful_only")
    paths = (
        "key/replace/", "key/helpful_only/replace/", "key/helpful_only/revoke/", "key/common/revoke/", "key/revoke/",
        f"consent/{consent.pk}/",
    )  # fmt: skip
    assert pages(world.person("aurora", "security"), request, *paths) == [200] * 6
    assert pages(world.person("aurora", "signatory"), request, *paths) == [403] * 6
    assert pages(world.person(CAISI, "evaluator"), request, *paths) == [403] * 6
    assert pages(world.person(TREASURY, "evaluator"), request, *paths) == [403] * 5 + [404]
    assert pages(world.person("basalt", "security"), request, *paths) == [404] * 6
    assert security.get(f"{url}/key/no-such/replace/").status_code == 404
    assert security.post(f"{url}/consent/{consent.pk}/").status_code == 302
    assert evaluator.post(f"{url}/connect/{CAISI}/helpful_only/", {"text": "x"}).status_code == 404
    typed = {"secret": "sk-page-1", "replaces": 1, "base_url": "ftp://x"}
    answer = security.post(f"{url}/key/common/replace/", typed).content.decode()
    assert "id_base_url" in answer and "sk-page-1" not in answer
    assert security.post(f"{url}/key/common/replace/", typed | {"base_url": ""}).status_code == 302


def test_the_list_of_keys_takes_as_many_questions_for_two_keys_as_for_three(
    world: World, django_assert_num_queries: Any
) -> None:
    request = opened(world)
    with acting(world.person("aurora", "security")):
        row = make.seen(world, request)
        with django_assert_num_queries(4):
            assert len(keys.for_developer(row, None, None)) == 2


class TestProof:
    """What is left of a revoked key, for whom, and for how long."""

    def left(self, world: World, request: EarlyAccessRequest) -> list[tuple[str, str, bool]]:
        with acting(world.person("aurora", "security")):
            rows = RevocationProof.objects.filter(request=request).select_related("agency")
            return sorted((p.agency.slug, p.variant, p.is_kept) for p in rows)

    def one(self, world: World, request: EarlyAccessRequest) -> RevocationProof:
        with acting(world.person("aurora", "security")):
            return RevocationProof.objects.select_related("agency", "request").get(request=request)

    def test_only_what_an_agency_had_opened_is_kept(self, world: World) -> None:
        request = opened(world)
        by_agency(world, request, CAISI)
        developer(world, request, actions.revoke_key)
        assert self.left(world, request) == [(CAISI, "", True), (CAISI, "helpful_only", True)]
        assert by_agency(world, request, CAISI) == {}, "the ordinary way is shut"
        with acting(world.person(TREASURY, "evaluator")):
            assert not RevocationProof.objects.exists()

    def test_nothing_is_opened_before_the_developer_asks_nor_after_the_days_are_over(self, world: World) -> None:
        request = make.opened(world)
        by_agency(world, request, CAISI)
        replace(world, request)
        proof = self.one(world, request)
        with acting(world.person(CAISI, "evaluator")) as by:
            assert actions.opening_for_proof(proof) is None
            with pytest.raises(Refused):
                actions.ask_proof(proof=proof, by=by)
        with acting(world.person("aurora", "security")) as by:
            actions.ask_proof(proof=proof, by=by)
        with acting(world.person(CAISI, "evaluator")):
            assert actions.opening_for_proof(proof) == make.SECRET, "the key of before, not the new one"
            newest = CredentialOpening.objects.order_by("-created_at").first()
            assert newest is not None and "Proof of revocation" in newest.reason and newest.version == 1
        assert len(run_due(at=timezone.now() + timedelta(days=8), kinds=("early_access.erase_proof",))) == 1
        assert self.left(world, request) == [(CAISI, "", False)]
        with acting(world.person(CAISI, "evaluator")):
            assert actions.opening_for_proof(proof) is None
        with acting(world.person("aurora", "security")) as by, pytest.raises(Refused, match="Nothing is left"):
            actions.ask_proof(proof=proof, by=by)

    def test_a_refused_key_is_erased_and_one_that_is_taken_is_told(self, world: World) -> None:
        request = make.opened(world)
        by_agency(world, request, CAISI)
        replace(world, request)
        proof = self.one(world, request)
        with acting(world.person(CAISI, "evaluator")):
            with pytest.raises(Invalid):
                actions.record_proof(proof=proof, outcome="approved", sentence="")
            actions.record_proof(proof=proof, outcome="still_taken", sentence="Status 200.")
        assert self.left(world, request) == [(CAISI, "", True)]
        assert told(world, "key_still_taken", "aurora", "security") == 1
        with acting(world.person(CAISI, "evaluator")):
            actions.record_proof(proof=proof, outcome="refused", sentence="Status 401.")
            actions.record_proof(proof=proof, outcome="still_taken", sentence="A late answer.")
        assert self.left(world, request) == [(CAISI, "", False)]
        found = self.one(world, request)
        assert (found.outcome, found.sentence, found.checked_at is not None) == ("refused", "Status 401.", True)
        with acting(world.person("aurora", "security")), pytest.raises(IntegrityError), transaction.atomic():
            RevocationProof.objects.filter(pk=proof.pk).update(ciphertext=b"x", wrapped_key=b"y")

    def test_a_withdrawal_leaves_nothing(self, world: World) -> None:
        request = make.opened(world)
        by_agency(world, request, CAISI)
        replace(world, request)
        assert self.left(world, request) == [(CAISI, "", True)]
        by_agency(world, request, CAISI)
        with acting(world.person("aurora", "drafter")) as by:
            actions.withdraw(request=make.seen(world, request), by=by)
        assert self.left(world, request) == [(CAISI, "", False)]

    def test_the_window_s_end_leaves_what_was_opened_and_pages_say_so(self, world: World) -> None:
        request = make.opened(world)
        by_agency(world, request, CAISI)
        developer(world, request, actions.close_early)
        proof = self.one(world, request)
        url = f"/requests/{request.reference}/"
        client = client_for(world.person("aurora", "security"))
        assert "Have it checked" in client.get(url).content.decode()
        assert "uses it once" in client.get(f"{url}proof/{proof.pk}/").content.decode()
        assert client.post(f"{url}proof/{proof.pk}/").status_code == 302
        assert "has not answered yet" in client.get(url).content.decode()
        for person, status in (
            (world.person("basalt", "security"), 404), (world.person(TREASURY, "evaluator"), 404),
            (world.person(CAISI, "evaluator"), 403),
        ):  # fmt: skip
            assert client_for(person).post(f"{url}proof/{proof.pk}/").status_code == status
        agency = client_for(world.person(CAISI, "evaluator")).get(url).content.decode()
        assert "Revoked keys" in agency and "Have it checked" not in agency
