"""Demo people: one or more for every role, on two fictional developers and the agencies. Nobody here is real."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.models import Membership, Organisation, User
from agencies import reference
from agreements import reference as agreements
from core import rls
from evaluations import reference as evaluations


@dataclass(frozen=True)
class Person:
    """A demo person: organisation key, roles, name, post."""

    organisation: str
    roles: tuple[str, ...]
    name: str
    post: str

    @property
    def email(self) -> str:
        """name.surname@organisation.example"""
        return f"{self.name.lower().replace(' ', '.')}@{self.organisation}.example"


DEVELOPERS = {"aurora": "Aurora Cognition", "basalt": "Basalt Labs"}
OVERSIGHT = {"oversight": "Office of Oversight"}

PEOPLE = (
    Person("aurora", ("drafter",), "Ines Okafor", "Head of Policy"),
    Person("aurora", ("counsel",), "Tomas Lindqvist", "General Counsel"),
    Person("aurora", ("signatory",), "Maren Vale", "Chief Executive"),
    Person("aurora", ("security",), "Rafael Ito", "Head of Security"),
    Person("aurora", ("administrator",), "June Abara", "Operations Manager"),
    Person("aurora", ("outside_counsel",), "Edda Varnholt", "Partner, Varnholt & Pryce"),
    Person("basalt", ("drafter",), "Petra Lang", "Policy Director"),
    Person("basalt", ("counsel",), "Owen Castell", "Counsel"),
    Person("basalt", ("signatory",), "Dalia Renner", "President"),
    Person("basalt", ("security",), "Kofi Marsh", "Security Engineer"),
    Person("basalt", ("administrator",), "Lena Fisk", "Office Manager"),
    Person("treasury", ("counsel",), "Harold Beck", "Attorney-Adviser"),
    Person("treasury", ("signatory",), "Celia Norwood", "Deputy Assistant Secretary"),
    Person("treasury", ("router", "intake", "evaluator", "coordinator"), "Simon Achterberg", "Program Analyst"),
    Person("treasury", ("administrator",), "Nora Quill", "Program Administrator"),
    Person("defense", ("counsel",), "Ruth Ames", "Associate General Counsel"),
    Person("defense", ("signatory",), "Victor Hale", "Principal Deputy"),
    Person("defense", ("router", "intake", "administrator"), "Gwen Salter", "Routing Officer"),
    Person("defense-nsa", ("designator",), "Ada Thorne", "Designation Authority"),
    Person("defense-nsa", ("evaluator",), "Milo Grant", "Evaluation Lead"),
    Person("defense-nsa", ("validator",), "Faye Orr", "Validator"),
    Person("defense-nsa", ("counsel",), "Leonie Marsh", "Deputy General Counsel"),
    Person("defense-cdao", ("evaluator",), "Jon Bridger", "Evaluator"),
    Person("defense-cdao", ("counsel",), "Amos Whitlow", "Attorney-Adviser"),
    Person("commerce", ("counsel",), "Iris Feld", "Senior Counsel"),
    Person("commerce", ("signatory",), "Edmund Cole", "Under Secretary, Acting"),
    Person("commerce", ("intake",), "Wanda Pruitt", "Intake Officer"),
    Person("commerce", ("router", "administrator"), "Silas Moor", "Routing Officer"),
    Person("commerce", ("router", "coordinator"), "Bertil Oake", "Deputy Routing Officer"),
    Person("commerce", ("foia",), "Beth Larkin", "FOIA Officer"),
    Person("commerce-caisi", ("evaluator",), "Yusuf Dane", "Evaluation Lead"),
    Person("commerce-caisi", ("evaluator",), "Clara Weiss", "Evaluator"),
    Person("commerce-caisi", ("counsel",), "Thea Lindholm", "Attorney-Adviser"),
    Person("commerce-bis", ("evaluator",), "Hugo Stern", "Evaluator"),
    Person("homeland", ("counsel",), "Alma Reyes", "Attorney"),
    Person("homeland", ("signatory",), "Graham Foss", "Assistant Director"),
    Person("homeland", ("signatory",), "Petronella Ashe", "Deputy Assistant Director"),
    Person("homeland", ("router", "intake", "evaluator", "administrator"), "Tess Hollow", "Program Manager"),
    Person("homeland-cisa", ("evaluator", "coordinator"), "Dev Anand Rao", "Evaluator"),
    Person("homeland-cisa", ("counsel",), "Ruben Falk", "Attorney"),
    Person("oversight", ("auditor",), "Margit Solberg", "Auditor"),
)  # fmt: skip


def first(organisation: str, role: str) -> Person:
    """The first person of an organisation with that role."""
    return next(p for p in PEOPLE if p.organisation == organisation and role in p.roles)


STAFF = Person("concord", (), "Sam Porter", "Administrator")


def load_reference() -> dict[str, Organisation]:
    """Reference data of every room (idempotent): agencies, clauses and templates, routing rules."""
    with rls.context(actor="system:reference"):
        organisations = dict(reference.load())
        agreements.load()
        evaluations.load()
    return organisations


def load(password: str | None = None) -> dict[str, Organisation]:
    """Create missing organisations and people (idempotent). Returns organisations by key."""
    organisations = load_reference()
    for kind, names in ((Organisation.Kind.DEVELOPER, DEVELOPERS), (Organisation.Kind.OVERSIGHT, OVERSIGHT)):
        for key, name in names.items():
            organisations[key] = _organisation(key, name, kind)
    for person in PEOPLE:
        _member(person, organisations[person.organisation], password)
    if not User.objects.filter(email=STAFF.email).exists():
        User.objects.create_superuser(STAFF.email, password, name=STAFF.name, post=STAFF.post)
    return organisations


def _organisation(key: str, name: str, kind: str) -> Organisation:
    """The organisation whose first person is already there, else a new one."""
    first = next(p for p in PEOPLE if p.organisation == key)
    user = User.objects.filter(email=first.email).first()
    with rls.context(user=user.pk if user else None, actor="system:demo"):
        known = Organisation.objects.filter(kind=kind, name=name).first() if user else None
        return known or Organisation.objects.create(kind=kind, name=name)


def _member(person: Person, organisation: Organisation, password: str | None) -> User:
    user = User.objects.filter(email=person.email).first() or User.objects.create_user(
        person.email, password, name=person.name, post=person.post
    )
    EmailAddress.objects.update_or_create(user=user, email=person.email, defaults={"verified": True, "primary": True})
    with rls.context(user=user.pk, actor="system:demo"):
        Membership.objects.get_or_create(user=user, organisation=organisation, defaults={"roles": list(person.roles)})
    return user
