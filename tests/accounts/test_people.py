"""Roles, invitations and memberships: who may, what is left, and that access ends at the next request (R12)."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts import actions, queries
from accounts.models import ApiToken, Invitation, Membership, User
from audit.models import Event
from core.decisions import Conflict, Invalid, Refused
from notifications.models import Mail
from tests.world import World, acting, client_for

PASSWORD = "correct horse battery staple"


@pytest.fixture
def admin(world: World) -> User:
    return world.person("aurora", "administrator")


def invite(world: World, admin: User, email: str = "new.person@aurora.example", organisation: str = "aurora") -> str:
    with acting(admin):
        home = world.organisations[organisation]
        return actions.invite(organisation=home, email=email, roles=["drafter"], by=admin)[1]


def test_an_administrator_invites_and_the_person_joins(world: World, admin: User) -> None:
    page = client_for(admin).post("/organisation/invite/", {"email": "New.Person@aurora.example", "roles": ["drafter"]})
    assert page.status_code == 302
    mail = Mail.objects.get(address="new.person@aurora.example")
    link = next(word for word in mail.body.split() if "/invitation/" in word).replace("http://testserver", "")
    visitor = Client()
    assert visitor.get(link).status_code == 200
    answer = visitor.post(link, {"name": "New Person", "post": "Analyst", "password": PASSWORD})
    assert answer.status_code == 302
    person = User.objects.get(email="new.person@aurora.example")
    assert EmailAddress.objects.get(user=person).verified
    with acting(person):
        assert Membership.objects.get(user=person).roles == ["drafter"]
    assert visitor.get(link).status_code == 410
    with acting(admin):
        assert set(Event.objects.filter(verb__startswith="accounts.").values_list("verb", flat=True)) == {
            "accounts.invited", "accounts.joined"
        }  # fmt: skip


@pytest.mark.parametrize(("name", "printed"), [
    ("田中 太郎", False), ("김민수", False), ("王小明", False), ("สมชาย", False), ("Ada 😀", False), ("Ada\u202eLove", False),
    ("محمد الفارسي", True), ("אברהם בן־דוד", True), ("Nguyễn Thị Ánh", True), ("Zdzisław Żółć", True), ("Иван Щербаков", True),
])  # fmt: skip
def test_a_name_that_no_agreement_could_print_is_refused_where_it_is_typed(
    world: World, admin: User, name: str, printed: bool
) -> None:
    """At the first sign-in and in the profile: nobody learns of it when a file is to be sealed."""
    typed = {"name": name, "post": "Analyst", "password": PASSWORD}
    joined = Client().post(f"/invitation/{invite(world, admin)}/", typed)
    saved = client_for(admin).post("/profile/", {"name": name, "post": "Analyst", "time_zone": "UTC"})
    assert (joined.status_code, saved.status_code) == ((302, 302) if printed else (200, 200))
    assert User.objects.filter(email="new.person@aurora.example").exists() is printed
    if printed:
        return
    for page in (joined.content.decode(), saved.content.decode()):
        assert "cannot print these characters" in page and 'href="#id_name"' in page
        assert name in page, "what was typed stands there still"
    for field in ("post",):
        wrong = client_for(admin).post("/profile/", {"name": "Ada", field: "部長", "time_zone": "UTC"})
        assert f'href="#id_{field}"' in wrong.content.decode()


def test_a_weak_password_is_named_at_its_field(world: World, admin: User) -> None:
    page = Client().post(f"/invitation/{invite(world, admin)}/", {"name": "N", "post": "", "password": "short"})
    assert page.status_code == 200
    assert "at least 15 characters" in page.content.decode()
    assert not User.objects.filter(email="new.person@aurora.example").exists()


def test_somebody_with_an_account_joins_without_a_new_password(world: World, admin: User) -> None:
    person = world.person("basalt", "counsel")
    before = person.password
    link = f"/invitation/{invite(world, admin, person.email)}/"
    assert "password" not in Client().get(link).content.decode().lower()
    assert Client().post(link).status_code == 302
    person.refresh_from_db()
    assert person.password == before
    with acting(person):
        assert Membership.objects.filter(user=person, ended_at__isnull=True).count() == 2


def test_joining_an_agency_drops_time_based_codes(world: World) -> None:
    person = world.person("basalt", "counsel")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    Client().post(f"/invitation/{invite(world, world.person('treasury', 'administrator'), person.email, 'treasury')}/")
    assert not Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize("how", ["expired", "revoked", "unknown"])
def test_a_closed_invitation_makes_nobody(world: World, admin: User, how: str) -> None:
    token = invite(world, admin)
    with acting(admin):
        row = Invitation.objects.get()
        if how == "expired":
            Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        elif how == "revoked":
            actions.revoke_invitation(invitation=row, by=admin)
            with pytest.raises(Conflict):
                actions.revoke_invitation(invitation=row, by=admin)
    token = "unknown" if how == "unknown" else token
    page = Client().post(f"/invitation/{token}/", {"name": "N", "post": "", "password": PASSWORD})
    assert page.status_code == (404 if how == "unknown" else 410)
    assert not User.objects.filter(email="new.person@aurora.example").exists()


def test_invitation_links_are_stored_as_hashes_and_rivals_see_none(world: World, admin: User) -> None:
    token = invite(world, admin)
    with acting(admin):
        assert Invitation.objects.get().token_hash != token
    with acting(world.person("basalt", "administrator")):
        assert not Invitation.objects.exists()


def test_only_an_administrator_changes_people(world: World, admin: User) -> None:
    counsel = world.person("aurora", "counsel")
    with acting(counsel), pytest.raises(Refused):
        actions.invite(organisation=world.aurora, email="x@aurora.example", roles=["drafter"], by=counsel)
    page = client_for(counsel).get("/organisation/invite/")
    assert page.status_code == 403
    assert "administrator" in page.content.decode()
    with acting(admin), pytest.raises(Refused):
        actions.invite(organisation=world.basalt, email="x@basalt.example", roles=["drafter"], by=admin)


@pytest.mark.parametrize("roles", [["evaluator"], ["auditor"], ["emperor"], []])
def test_roles_of_the_other_side_are_refused(world: World, admin: User, roles: list[str]) -> None:
    with acting(admin), pytest.raises(Invalid):
        actions.invite(organisation=world.aurora, email="x@aurora.example", roles=roles, by=admin)


def test_the_last_administrator_stays(world: World, admin: User) -> None:
    with acting(admin):
        seat = Membership.objects.get(user=admin)
        with pytest.raises(Refused, match="last administrator"):
            actions.end_membership(membership=seat, by=admin)
        with pytest.raises(Refused, match="last administrator"):
            actions.change_roles(membership=seat, roles=["counsel"], by=admin)
        other = Membership.objects.get(user=world.person("aurora", "counsel"))
        actions.change_roles(membership=other, roles=["counsel", "administrator"], by=admin)
        User.objects.filter(pk=other.user_id).update(is_active=False)
        with pytest.raises(Refused, match="last administrator"):
            actions.end_membership(membership=seat, by=admin)
        User.objects.filter(pk=other.user_id).update(is_active=True)
        actions.end_membership(membership=seat, by=admin)


def test_an_ended_membership_ends_page_list_and_token_at_the_next_request(world: World, admin: User) -> None:
    person = world.person("aurora", "drafter")
    client = client_for(person)
    with acting(person):
        actions.issue_token(organisation=world.aurora, name="x", scope="read", days=7, by=person)
    assert client.get("/organisation/").status_code == 200
    with acting(admin):
        actions.end_membership(membership=Membership.objects.get(user=person), by=admin)
    assert client.get("/organisation/").status_code == 404
    with acting(admin):
        assert ApiToken.objects.get().revoked_at is not None
        assert person not in queries.holders(world.aurora)


def test_a_closed_account_sees_nothing_at_the_next_request(world: World) -> None:
    person = world.person("aurora", "drafter")
    client = client_for(person)
    with acting(world.staff):
        actions.set_active(person=person, active=False, by=world.staff)
    assert client.get("/organisation/").status_code == 302
    with acting(world.person("aurora", "administrator")) as other, pytest.raises(Refused):
        actions.set_active(person=person, active=True, by=other)
    with acting(world.staff), pytest.raises(Refused, match="your own"):
        actions.set_active(person=world.staff, active=False, by=world.staff)


def test_pages_of_people_and_tokens(world: World, admin: User) -> None:
    client = client_for(admin)
    people = client.get("/organisation/").content.decode()
    assert "Ines Okafor" in people
    assert "Petra Lang" not in people
    assert client.get("/organisation/tokens/").status_code == 200
    assert client.get("/organisation/tokens/new/").status_code == 200
    page = client.post("/organisation/tokens/new/", {"name": "Nightly", "scope": "read", "days": "30"})
    text = next(
        w for w in page.content.decode().replace("<", " ").replace(">", " ").split() if w.startswith("concord_")
    )
    with acting(admin):
        row = ApiToken.objects.get(token_hash=actions.api_token_hash(text))
    listing = client.get("/organisation/tokens/").content.decode()
    assert row.hint in listing
    assert text not in listing
    assert client_for(world.person("basalt", "administrator")).post(
        f"/organisation/tokens/{row.pk}/revoke/"
    ).status_code == 404  # fmt: skip
    client.post(f"/organisation/tokens/{row.pk}/revoke/")
    with acting(admin):
        assert ApiToken.objects.get().revoked_at is not None


def test_the_profile_takes_name_zone_and_shortcuts(world: World, admin: User) -> None:
    client = client_for(admin)
    body = {"name": "June Abara", "post": "Chief of Staff", "time_zone": "America/New_York"}
    assert client.post("/profile/", body).status_code == 302
    admin.refresh_from_db()
    assert (admin.post, admin.time_zone, admin.keyboard_shortcuts) == ("Chief of Staff", "America/New_York", False)
    assert client.post("/profile/", {**body, "time_zone": "Mars/Base"}).status_code == 200
