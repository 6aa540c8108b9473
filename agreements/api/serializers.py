"""Input and output of the agreements API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.base import StrictSerializer, VisibleRelatedField
from accounts.models import Organisation
from agreements.models import AgreementTemplate, Marking, TestingAgreement
from agreements.prechecks import Check
from agreements.rules import concurring
from core.decisions import Problem


class TemplateOut(serializers.Serializer):
    """A published template to start from."""

    key = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    instrument = serializers.CharField()
    description = serializers.CharField()
    variables = serializers.ListField(
        child=serializers.DictField(), help_text="Each with key, label, kind, default, minimum, maximum and help."
    )
    concurrence_order = serializers.CharField(help_text="parallel or sequence: what its agreements start with")
    concurrence_blind = serializers.BooleanField()


class AgreementRow(serializers.Serializer):
    """One row of the list."""

    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.CharField()
    developer = serializers.UUIDField()
    effective_on = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)


class ClauseOut(serializers.Serializer):
    """One clause as people read it."""

    clause_id = serializers.CharField()
    heading = serializers.CharField()
    text = serializers.CharField(source="filled")
    wording = serializers.CharField(source="text", help_text="With its {parameters}.")
    origin = serializers.CharField(source="source", help_text="library, alternative or bespoke")
    text_hash = serializers.CharField()


class VersionOut(serializers.Serializer):
    """One version."""

    number = serializers.IntegerField(allow_null=True)
    row_version = serializers.IntegerField()
    variables = serializers.DictField()
    marking = serializers.CharField(allow_blank=True, help_text="Stands at the head of every page.")
    text_hash = serializers.CharField()
    frozen_at = serializers.DateTimeField(allow_null=True)
    clauses = ClauseOut(many=True, source="clauses.all")


class DraftProblem(serializers.Serializer):
    """What stands against sending a draft."""

    pointer = serializers.SerializerMethodField()
    detail = serializers.CharField(source="sentence")

    def get_pointer(self, problem: Problem) -> str:
        """Its place in the body of PUT draft."""
        return "#/" + problem.field.replace(".", "/")


class DepartureOut(serializers.Serializer):
    """A clause of a draft that each agency decides on before anything is opened for signature."""

    clause_id = serializers.CharField(source="clause.clause_id")
    kind = serializers.CharField(help_text="deviation, or wording: an approved one that takes somebody's agreement")
    decides = serializers.CharField(source="role")
    approved = serializers.CharField(allow_blank=True, help_text="The library's standard text with the same values.")
    runs = serializers.ListField(child=serializers.ListField(), help_text="As in the redline.")


class DraftOut(VersionOut):
    """The working draft, and what is still missing."""

    deviations = DepartureOut(many=True, source="departures", default=[])
    problems = DraftProblem(many=True, default=[])


class VersionRow(serializers.Serializer):
    """One frozen version in the list."""

    number = serializers.IntegerField()
    text_hash = serializers.CharField()
    frozen_at = serializers.DateTimeField()
    organisation = serializers.CharField(source="organisation.name")


class ChangeOut(serializers.Serializer):
    """One clause beside the earlier version."""

    clause_id = serializers.CharField()
    heading = serializers.CharField()
    changed = serializers.BooleanField()
    runs = serializers.ListField(
        child=serializers.ListField(), help_text="[[-1 taken out, 0 kept or 1 put in, text], …], word by word."
    )


class RedlineOut(serializers.Serializer):
    """One clause in a redline; runs as in ChangeOut."""

    clause_id = serializers.CharField(source="key")
    number = serializers.CharField(allow_blank=True, help_text="Empty when the clause was removed.")
    change = serializers.CharField(source="kind", help_text="kept, changed, added or removed")
    heading = serializers.ListField(child=serializers.ListField())
    runs = serializers.ListField(child=serializers.ListField(), source="text")


class SigningOut(serializers.Serializer):
    """What the caller would sign now."""

    file_sha256 = serializers.CharField(help_text="Send it back as shown_sha256.")
    intent = serializers.CharField(help_text="The sentence that the signature agrees to.")
    authority = serializers.CharField()
    may_sign = serializers.BooleanField()
    why_not = serializers.CharField(allow_blank=True)
    page = serializers.CharField(help_text="Where the signature is made in the browser.")


class CheckOut(serializers.Serializer):
    """One check before anybody is invited to sign."""

    field = serializers.CharField()
    label: Any = serializers.CharField()
    passed = serializers.BooleanField()
    found = serializers.CharField(allow_blank=True)
    problems = serializers.SerializerMethodField(help_text="What stands against it, and what to mend.")

    def get_problems(self, check: Check) -> list[str]:
        """A sentence each."""
        return [problem.sentence for problem in check.problems]


class AuthorityOut(serializers.Serializer):
    """A written delegation to sign."""

    id = serializers.UUIDField()
    holder = serializers.UUIDField(source="holder_id", allow_null=True, help_text="Null: it is given to a post.")
    holder_name = serializers.CharField(source="held_by", help_text="The holder's name, or which post.")
    post = serializers.UUIDField(source="post_id", allow_null=True, help_text="The post to which it is given.")
    acting_may_sign = serializers.BooleanField(help_text="Of a post: whether whoever acts in it signs on it too.")
    number = serializers.CharField()
    title = serializers.CharField()
    source: Any = serializers.CharField(allow_blank=True)
    granted_by = serializers.CharField(allow_blank=True)
    delegated_from = serializers.UUIDField(
        source="parent_id", allow_null=True, help_text="What it was delegated further from."
    )
    under = serializers.CharField(allow_blank=True, help_text="The delegations that it hangs on, in words.")
    instruments = serializers.ListField(child=serializers.CharField())
    barred_clauses = serializers.ListField(child=serializers.CharField(), help_text="Ids of clauses it may not bind.")
    amendments = serializers.BooleanField()
    may_redelegate = serializers.BooleanField()
    document_sha256 = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField(allow_null=True)
    concurred_at = serializers.DateTimeField(allow_null=True, help_text="Nobody signs on it before counsel concurred.")
    revoked_at = serializers.DateTimeField(allow_null=True)
    revoked_reason = serializers.CharField(allow_blank=True)


class AuthorityIn(StrictSerializer):
    """Record a delegation as it stands on the paper."""

    holder = serializers.UUIDField(
        default=None,
        allow_null=True,
        help_text="A member of the organisation with the role of signatory; or give `post`.",
    )
    post = serializers.UUIDField(
        default=None, allow_null=True, help_text="A post of the organisation; or give `holder`."
    )
    acting_may_sign = serializers.BooleanField(default=True)
    number = serializers.CharField(max_length=60)
    title = serializers.CharField(max_length=200)
    source: Any = serializers.CharField(max_length=200, default="", allow_blank=True)
    granted_by = serializers.CharField(max_length=200, default="", allow_blank=True)
    delegated_from = serializers.UUIDField(
        default=None, allow_null=True, help_text="A delegation that may be delegated further."
    )
    instruments = serializers.ListField(child=serializers.CharField())
    barred_clauses = serializers.ListField(child=serializers.SlugField(max_length=60), default=list)
    amendments = serializers.BooleanField(default=True)
    may_redelegate = serializers.BooleanField(default=False)
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField(default=None, allow_null=True)


class RevokeAuthorityIn(StrictSerializer):
    """Why; it stays on record with the delegation."""

    reason = serializers.CharField(max_length=500)


class PartyOut(serializers.Serializer):
    """One party with its verdict on the current version, if it gave one."""

    organisation = serializers.UUIDField(source="organisation_id")
    name = serializers.CharField(source="organisation.name")
    role = serializers.CharField()
    step = serializers.IntegerField(help_text="When it signs: parties of one step sign in any order.")
    verdict = serializers.CharField(allow_null=True)


class SignatoryOut(serializers.Serializer):
    """One signatory."""

    id = serializers.UUIDField()
    step = serializers.IntegerField()
    name = serializers.CharField(source="person.name")
    in_place_of = serializers.CharField(allow_blank=True, help_text="Who was named first, if somebody else was.")
    organisation = serializers.CharField(source="organisation.name")
    meaning = serializers.CharField()
    tier = serializers.CharField(help_text="held: signs here; own: signs on a card, outside.")
    signed_at = serializers.DateTimeField(source="signature.at", allow_null=True, default=None)


class WaysOut(serializers.Serializer):
    """In which way the agencies concur."""

    order = serializers.CharField()
    blind = serializers.BooleanField()
    silence_counts_after_days = serializers.IntegerField(allow_null=True, help_text="Null: silence is no answer.")
    answered = serializers.IntegerField(
        help_text="How many agencies have answered; of sealed answers nothing else is read."
    )
    agencies = serializers.IntegerField()


class AmendmentChange(serializers.Serializer):
    """One thing that an amendment changes."""

    kind = serializers.CharField(help_text="set (a term), replace, insert or delete")
    clause_id = serializers.CharField(allow_blank=True)
    heading = serializers.CharField(help_text="What is done, or which term changes.")
    text = serializers.CharField(source="filled", allow_blank=True)


class AgreementOut(AgreementRow):
    """An agreement as the caller may see it."""

    version = serializers.IntegerField(source="current.number", allow_null=True, default=None)
    text_hash = serializers.CharField(source="current.text_hash", allow_null=True, default=None)
    file_sha256 = serializers.CharField(allow_null=True)
    parties = PartyOut(many=True)
    signatories = SignatoryOut(many=True)
    concurrence = WaysOut()
    obligations = serializers.DictField()
    amends = serializers.CharField(allow_null=True, help_text="Of an amendment: the agreement that it amends.")
    amendment_number = serializers.IntegerField(allow_null=True)
    amended = serializers.IntegerField(help_text="How many amendments of it all have signed.")
    changes = AmendmentChange(many=True)
    next = serializers.CharField(help_text="Whose move it is, in a sentence.")
    your_move = serializers.BooleanField()
    notice = serializers.CharField(help_text="Section 3(c).")


class StartIn(StrictSerializer):
    """Start from a template."""

    template = serializers.SlugRelatedField("key", queryset=AgreementTemplate.objects.filter(is_current=True))
    title = serializers.CharField(max_length=200)
    agencies = serializers.SlugRelatedField(
        "slug", many=True, queryset=Organisation.objects.filter(kind="agency"), help_text="In signing order."
    )
    developer: Any = VisibleRelatedField(Organisation, required=False, help_text="Agencies that draft name it.")
    replaces: Any = VisibleRelatedField(
        TestingAgreement, required=False, default=None,
        help_text="The agreement of the same parties that ends when this one comes into force.",
    )  # fmt: skip
    steps = serializers.ListField(
        child=serializers.IntegerField(min_value=1), default=list,
        help_text="The step in which each party signs, the developer first: [1, 2, 2] lets both agencies sign in any "
        "order after the developer. Empty: one after the other.",
    )  # fmt: skip


class ArrangeIn(StrictSerializer):
    """One step in the list of clauses. A clause that this kind of agreement requires is not taken out."""

    do = serializers.ChoiceField(["add", "remove", "up", "down"])
    clause_id = serializers.CharField(default="", max_length=60, help_text="What to remove or move.")
    library = serializers.CharField(default="", max_length=60, help_text="Add this library clause; else your own.")
    wording = serializers.CharField(default="", max_length=60, help_text="“standard”, or an approved alternative.")
    heading = serializers.CharField(default="", max_length=120, help_text="Of your own clause.")
    text = serializers.CharField(default="", max_length=50_000, trim_whitespace=False)
    after = serializers.CharField(default="", max_length=60, help_text="The clause it follows; at the end without.")


class DraftIn(StrictSerializer):
    """Save a draft: only what is sent changes."""

    row_version = serializers.IntegerField(min_value=1)
    title = serializers.CharField(max_length=200, required=False)
    marking = serializers.ChoiceField(Marking.choices, required=False, allow_blank=True)
    variables = serializers.DictField(default=dict)
    clauses = serializers.DictField(child=serializers.CharField(allow_blank=True, trim_whitespace=False), default=dict)
    wordings = serializers.DictField(
        child=serializers.CharField(), default=dict,
        help_text="Clause id → “standard”, or the key of an approved alternative to put in its place.",
    )  # fmt: skip
    arrange = ArrangeIn(many=True, default=list, help_text="Clauses to add, remove and move, in this order.")


class WaysIn(StrictSerializer):
    """In which way the agencies concur. An agency sets it, before they are asked."""

    order = serializers.ChoiceField([concurring.PARALLEL, concurring.SEQUENCE])
    blind = serializers.BooleanField(help_text="Answers stay sealed until all are in. Needs “parallel”.")


class ClearanceIn(StrictSerializer):
    """Ask for concurrence, if wished by a day. No answer is never concurrence."""

    answer_by = serializers.DateField(required=False, allow_null=True)


class OpenForSignatureIn(StrictSerializer):
    """Open for signature."""

    cards = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_null=True,
        help_text="The organisations whose signatory signs with their own key. Left out: all who have enrolled a certificate.",
    )  # fmt: skip


class ReturnIn(StrictSerializer):
    """Return with comments, those that the caller keeps included. One for all parties makes `comment` needless."""

    comment = serializers.CharField(max_length=5000, default="", allow_blank=True)
    clause_ids = serializers.ListField(child=serializers.CharField(), default=list)


class ConcurIn(StrictSerializer):
    """Concur with the text whose hash was read."""

    text_hash = serializers.CharField(max_length=64)
    comment = serializers.CharField(max_length=5000, default="", allow_blank=True)


class RefuseIn(StrictSerializer):
    """Refuse concurrence."""

    text_hash = serializers.CharField(max_length=64)
    comment = serializers.CharField(max_length=5000)
    clause_ids = serializers.ListField(
        child=serializers.CharField(),
        default=list,
        help_text="Empty: those on which the caller keeps comments for all.",
    )


class SignIn(StrictSerializer):
    """Sign the file whose hash was read; needs a browser session that was stepped up."""

    shown_sha256 = serializers.CharField(max_length=64)
    typed_name = serializers.CharField(max_length=150)
    agreed = serializers.BooleanField()


class ReasonIn(StrictSerializer):
    """A reason that all parties read."""

    reason = serializers.CharField(max_length=5000)


class MaybeReasonIn(StrictSerializer):
    """A reason, if one is given."""

    reason = serializers.CharField(max_length=5000, default="", allow_blank=True)
