"""Input and output of the requests' addresses; the same actions as the pages decide."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.base import StrictSerializer
from early_access.models import DONE, PARTS, BlockedTime, DestructionCertificate, ReturnItem


class SectionIn(StrictSerializer):
    """One section as it was typed, and the version it was read at (0: never saved)."""

    row_version = serializers.IntegerField(min_value=0)
    data: Any = serializers.DictField()


class QuestionIn(StrictSerializer):
    """What the intake officer asks."""

    question = serializers.CharField(max_length=5000, allow_blank=True, default="")


class AnswerIn(StrictSerializer):
    """What the developer answers."""

    text = serializers.CharField(max_length=5000, allow_blank=True, default="")


class EndingIn(StrictSerializer):
    """A reason that the other side reads; a withdrawal needs none."""

    reason = serializers.CharField(max_length=5000, allow_blank=True, default="")


class ScheduleIn(StrictSerializer):
    """Dates to propose."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class ReleaseIn(StrictSerializer):
    """A release notice: the developer's own decision."""

    release_on = serializers.DateField()
    rationale = serializers.CharField(allow_blank=True, default="")


class ReturnAnswerIn(StrictSerializer):
    """What the agency returned or destroyed."""

    outcome = serializers.ChoiceField(ReturnItem.Outcome.choices)
    statement = serializers.CharField(max_length=5000, allow_blank=True, default="")
    destroyed_on = serializers.DateField(
        default=None, allow_null=True, help_text="Needed where weights were received and destroyed, with the method."
    )
    method = serializers.ChoiceField(DestructionCertificate.Method.choices, allow_blank=True, default="")
    parts = serializers.DictField(
        child=serializers.ChoiceField(list(DONE.items())), default=dict,
        help_text=f"The checklist, as far as a part is other than the whole: {', '.join(PARTS)}.",
    )  # fmt: skip


class BlockedIn(StrictSerializer):
    """Blocked time to report."""

    agency = serializers.SlugField(
        default=None, allow_null=True, help_text="For which agency you report; null where you act for one side only."
    )
    cause = serializers.ChoiceField(
        BlockedTime.Cause.choices,
        default=BlockedTime.Cause.DEVELOPER,
        help_text="A developer reports its own endpoint.",
    )
    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(default=None, allow_null=True, help_text="Null: it goes on.")
    why = serializers.CharField(max_length=400, allow_blank=True, help_text="The other side reads it.")


class CorrectionIn(StrictSerializer):
    """A report of blocked time as it should read."""

    row_version = serializers.IntegerField(min_value=1, help_text="The version you saw last.")
    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(default=None, allow_null=True, help_text="Null: it goes on.")
    why = serializers.CharField(max_length=400, allow_blank=True)
    correction = serializers.CharField(max_length=400, allow_blank=True, help_text="What was wrong.")
    strike = serializers.BooleanField(default=False, help_text="Testing was not blocked: it counts no more.")


class BlockedOut(serializers.Serializer):
    """One report of blocked time. It moves no date of the window."""

    id = serializers.UUIDField()
    reported_by = serializers.SerializerMethodField(
        help_text="Slug of the agency that reported it; empty: the developer."
    )
    cause = serializers.CharField(help_text="“developer” or “agency”: whose systems did not work.")
    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    why = serializers.CharField()
    correction = serializers.CharField(allow_blank=True, help_text="Why it was corrected last.")
    struck_at = serializers.DateTimeField(allow_null=True, help_text="Set: it counts no more.")
    row_version = serializers.IntegerField()

    def get_reported_by(self, row: Any) -> str:
        """The agency."""
        return row.agency.slug if row.agency else ""


class ExtensionIn(StrictSerializer):
    """A later last day to propose."""

    ends_on = serializers.DateField()
    why = serializers.CharField(max_length=400, allow_blank=True, help_text="What the time is for.")


class ExtensionRefusalIn(StrictSerializer):
    """A refusal needs no reason."""

    answer = serializers.CharField(max_length=400, allow_blank=True, default="")


class ExtensionOut(serializers.Serializer):
    """A proposal to lengthen the window."""

    id = serializers.UUIDField()
    status = serializers.CharField()
    proposed_by = serializers.SerializerMethodField(
        help_text="Slug of the agency that proposed it; empty: the developer."
    )
    was_until = serializers.DateField()
    ends_on = serializers.DateField()
    days = serializers.IntegerField(
        help_text="How long the whole window would be; above 30 is outside section 3(b)(ii)."
    )
    why = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    consented_at = serializers.DateTimeField(allow_null=True, help_text="When the developer consented.")

    def get_proposed_by(self, row: Any) -> str:
        """The agency."""
        return row.agency.slug if row.agency else ""


class WindowOut(serializers.Serializer):
    """The access window."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    longer_by_consent = serializers.BooleanField(
        help_text="The developer consented to more than 30 days, outside section 3(b)(ii)."
    )
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    developer_confirmed_at = serializers.DateTimeField(allow_null=True)
    agency_confirmed_at = serializers.DateTimeField(allow_null=True)


class RequestRow(serializers.Serializer):
    """One row of the list."""

    reference = serializers.CharField()
    status = serializers.CharField()
    track = serializers.CharField()
    developer = serializers.UUIDField()
    submitted_at = serializers.DateTimeField(allow_null=True)


class SectionOut(serializers.Serializer):
    """A drafted section; never the secret."""

    row_version = serializers.IntegerField()
    data: Any = serializers.DictField()


class SpecificationOut(serializers.Serializer):
    """The access specification as it was frozen."""

    version = serializers.IntegerField()
    frozen_at = serializers.DateTimeField()
    method = serializers.CharField()
    base_url = serializers.CharField(allow_blank=True)
    dialect = serializers.CharField(allow_blank=True)
    model_name = serializers.CharField(allow_blank=True)
    authentication = serializers.CharField(allow_blank=True, help_text="How the key is sent.")
    tls = serializers.CharField(allow_blank=True)
    allowed_from = serializers.CharField(allow_blank=True, help_text="Which addresses may call.")
    requests_per_minute = serializers.IntegerField(allow_null=True)
    tokens_per_minute = serializers.IntegerField(allow_null=True)
    tokens_per_day = serializers.IntegerField(allow_null=True)
    concurrency = serializers.IntegerField(allow_null=True)
    context_length = serializers.IntegerField(allow_null=True)
    largest_output = serializers.IntegerField(allow_null=True)
    price_per_million = serializers.CharField(
        allow_blank=True, help_text="Dollars for a million tokens; empty: not named."
    )
    budget_usd = serializers.CharField(allow_blank=True, help_text="Most dollars of each agency; empty: no limit.")
    tools = serializers.BooleanField()
    parallel_tools = serializers.BooleanField()
    tool_defects = serializers.CharField(allow_blank=True)
    streaming = serializers.BooleanField()
    structured_output = serializers.BooleanField()
    images = serializers.BooleanField()
    logprobs = serializers.BooleanField()
    fine_tuning = serializers.BooleanField()
    repeatable = serializers.BooleanField(help_text="The same seed gives the same answer.")
    reasoning_traces = serializers.CharField()
    retention_days = serializers.IntegerField()
    retention_exceptions = serializers.CharField(allow_blank=True)
    staff_may_read = serializers.BooleanField()
    safeguard_behaviour = serializers.CharField(allow_blank=True)
    weights_format = serializers.CharField(allow_blank=True)
    weights_runtime = serializers.CharField(allow_blank=True)
    weights_serving = serializers.CharField(allow_blank=True)
    weights_hardware = serializers.CharField(allow_blank=True)
    weights_destroy_days = serializers.IntegerField(allow_null=True, help_text="After the window.")


class DomainOut(serializers.Serializer):
    """One domain that is offered for testing."""

    domain = serializers.CharField()
    access_level = serializers.IntegerField()


class MarkingOut(serializers.Serializer):
    """What is marked as confidential commercial information."""

    scope = serializers.CharField()
    statement = serializers.CharField()
    lapses_on = serializers.DateField()


class ContactOut(serializers.Serializer):
    """Whom to reach at the developer."""

    purpose = serializers.CharField()
    name = serializers.CharField()
    email = serializers.EmailField()
    phone = serializers.CharField(allow_blank=True)
    hours = serializers.CharField(allow_blank=True)


class ReturnItemOut(serializers.Serializer):
    """What one agency is asked to return or destroy."""

    id = serializers.UUIDField()
    agency = serializers.CharField(source="agency.slug")
    because = serializers.CharField(help_text="“withdrawn”, “agreement_ended” or “retention”.")
    confidential_until = serializers.DateField(
        allow_null=True, help_text="How long the agreement keeps what was given confidential."
    )
    kept_until = serializers.DateField(allow_null=True, help_text="Until when evaluation data may be kept.")
    due_on = serializers.DateField()
    outcome = serializers.CharField(allow_blank=True)
    statement = serializers.CharField(allow_blank=True)
    parts = serializers.DictField(
        child=serializers.CharField(), help_text="The checklist, as far as it was said apart."
    )
    answered_at = serializers.DateTimeField(allow_null=True)


class ListedFindingOut(serializers.Serializer):
    """One finding that was open when the notice was issued or amended last."""

    reference = serializers.CharField()
    title = serializers.CharField()


class ReleaseNoticeOut(serializers.Serializer):
    """A release notice. Nobody's leave is needed for it."""

    id = serializers.UUIDField()
    status = serializers.CharField()
    release_on = serializers.DateField()
    rationale = serializers.CharField(allow_blank=True)
    open_count = serializers.IntegerField(
        help_text="Open findings over all agencies, when it was issued or amended last."
    )
    open_findings = ListedFindingOut(
        many=True, source="listed_here", help_text="Those of them that the caller's side may read: an agency its own."
    )
    issued_at = serializers.DateTimeField(allow_null=True)
    amended_at = serializers.DateTimeField(allow_null=True)


class ReleasePreviewOut(serializers.Serializer):
    """What one agency would read of a release notice issued now."""

    agency = serializers.CharField(source="agency.slug")
    open_findings = ListedFindingOut(many=True, source="listed")


class OpeningOut(serializers.Serializer):
    """Who opened the key, when and why."""

    at = serializers.DateTimeField(source="created_at")
    agency = serializers.CharField(source="agency.slug")
    by = serializers.SerializerMethodField(help_text="Empty: the agency's worker.")
    reason = serializers.CharField()
    variant = serializers.CharField(allow_blank=True, help_text="Whose key it was; empty: the common key.")
    version = serializers.IntegerField()

    def get_by(self, row: Any) -> str:
        """The person's name."""
        return row.opened_by.name if row.opened_by else ""


class HoldOut(serializers.Serializer):
    """Access of one agency that rests or has ended under its agreement."""

    agency = serializers.CharField(source="agency.slug")
    kind = serializers.CharField(help_text="“rests” or “ended”.")
    sentence = serializers.CharField(help_text="Why.")
    since = serializers.DateTimeField(source="created_at")


class StatementOut(serializers.Serializer):
    """What the developer states in one field of a section."""

    name = serializers.CharField()
    text = serializers.CharField(help_text="In words; of a choice its label.")


class RequestOut(serializers.Serializer):
    """A request as the caller may see it."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    status = serializers.CharField()
    track = serializers.CharField()
    row_version = serializers.IntegerField()
    developer = serializers.UUIDField()
    model = serializers.CharField(allow_null=True, help_text="Reference of the model.")
    checkpoint = serializers.CharField(allow_null=True)
    agreement = serializers.CharField(allow_null=True, help_text="Reference of the agreement it rests on.")
    window = WindowOut(allow_null=True)
    holds = HoldOut(many=True, help_text="A developer reads all of them, an agency its own.")
    agencies = serializers.ListField(child=serializers.CharField(), help_text="Slugs of the agencies consented to.")
    changes_since = serializers.CharField(allow_blank=True, help_text="What changed since an earlier request.")
    intended_uses = serializers.CharField(allow_blank=True)
    limitations = serializers.CharField(allow_blank=True, help_text="Known limitations and weaknesses.")
    statements = StatementOut(
        many=True, help_text="Further fields of the sections that agencies read as they were typed."
    )
    changed_at = serializers.DateTimeField(
        allow_null=True, help_text="Since when something else is served than was submitted; null: never. See changes/."
    )
    variants = serializers.ListField(child=serializers.CharField())
    domains = DomainOut(many=True)
    specification = SpecificationOut(allow_null=True)
    markings = MarkingOut(many=True)
    contacts = ContactOut(many=True)
    question = serializers.CharField(allow_blank=True)
    answer = serializers.CharField(allow_blank=True)
    ended_reason = serializers.CharField(allow_blank=True)
    next = serializers.CharField(help_text="Whose move it is, in a sentence.")
    due_at = serializers.DateTimeField(allow_null=True)
    sections = serializers.DictField(child=SectionOut(), required=False, help_text="For the developer's people only.")


class FieldOut(serializers.Serializer):
    """One field of a section."""

    name = serializers.CharField()
    label: Any = serializers.CharField()
    kind = serializers.CharField()
    required: Any = serializers.BooleanField()
    choices = serializers.ListField(child=serializers.CharField())
    hint = serializers.CharField(allow_blank=True)
    visible_to = serializers.CharField(help_text="Who reads it, and from when.")


class WorkOut(serializers.Serializer):
    """Who fills a section, and what a colleague asks there. Read inside the developer's organisation only."""

    owner = serializers.SerializerMethodField(help_text="The person's name; empty: nobody has taken it.")
    question = serializers.CharField(allow_blank=True)
    answer = serializers.CharField(allow_blank=True, help_text="Empty while the question waits.")
    row_version = serializers.IntegerField()

    def get_owner(self, row: Any) -> str:
        """The name."""
        return row.owner.name if row.owner else ""


class TaskOut(serializers.Serializer):
    """One section of the task list."""

    name = serializers.CharField()
    label: Any = serializers.CharField()
    state = serializers.CharField(help_text="“Not begun”, “In work”, “Needs an answer” or “Ready”; computed.")
    work = WorkOut(allow_null=True, help_text="Null: nobody took it or asked there.")
    row_version = serializers.IntegerField(help_text="Send it back when you save the section; 0: never saved.")
    questions = FieldOut(many=True)
