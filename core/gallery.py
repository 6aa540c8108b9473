"""Sample data for templates/components.html, the page on which every component stands once, in each of its looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from core.decisions import refuse
from core.workflow import State, Workflow

WORKFLOW = Workflow(
    "sample",
    (
        State("draft", "Draft", "developer"),
        State("in_clearance", "In clearance", "agency", "waiting"),
        State("in_force", "In force", "", "done"),
        State("terminated", "Terminated", "", "stopped"),
    ),
    (),
)


class SampleForm(forms.Form):
    """One field of each kind; bound with gaps, so that the errors show too."""

    title = forms.CharField(help_text="What both sides will call it.")
    scope = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    days = forms.IntegerField(min_value=1, max_value=30, help_text="Not more than 30.")
    level = forms.ChoiceField(
        choices=[("api", "API"), ("weights", "Weights")], widget=forms.RadioSelect, help_text="How deep access goes."
    )
    agencies = forms.MultipleChoiceField(
        choices=[("a", "Commerce, CAISI"), ("b", "Treasury")], widget=forms.CheckboxSelectMultiple, required=False
    )
    consent = forms.BooleanField(label="The agencies named may share findings with each other")


def sample() -> dict[str, Any]:
    """Everything that the gallery reads."""
    now = timezone.now()
    refused = refuse("Two clauses are still open.", "Counsel of either side can close them.")
    actions = [
        {"label": "Ask for concurrence", "url": "#", "post": True, "primary": True},
        {"label": "Edit the text", "url": "#"},
        {"label": "Open for signature", "url": "#", "post": True, "decision": refused},
        {"label": "Withdraw", "url": "#", "danger": True},
    ]
    return {
        "workflow": WORKFLOW,
        "move": {
            "heading": "Your move",
            "why": "The agencies returned the draft with two comments.",
            "due_at": now + timedelta(days=3),
            "actions": actions,
        },
        "refused": refused,
        "entries": [
            {
                "actor": "Priya Raman, Commerce",
                "sentence": "returned the draft",
                "reason": "Clause 4 names no date.",
                "at": now - timedelta(hours=2),
            },
            {"actor": "Mara Ellison, Aurora Cognition", "sentence": "sent the draft", "at": now - timedelta(days=4)},
        ],
        "seen_at": now - timedelta(days=1),
        "tasks": [
            {"label": "The model", "url": "#", "state": "Complete", "tone": "done", "owner": "Mara Ellison"},
            {"label": "Access", "url": "#", "state": "In progress", "hint": "Endpoint, limits, hours"},
            {"label": "Credentials", "url": "#", "missing": "the access section names no endpoint."},
        ],
        "summary": [("Model", "Borealis 4", "#"), ("Planned release", "14 Jan 2027", "#"), ("Weights", "")],
        "readers": ["Aurora Cognition", "Commerce, CAISI"],
        "window": {
            "percent": 40,
            "blocked_percent": 10,
            "words": "Day 12 of 30. Access ends on 14 Dec 2026; 18 days are left.",
            "blocked_words": "3 days were blocked while the endpoint did not answer.",
        },
        "runs": [(0, "Access lasts "), (-1, "twenty"), (1, "thirty"), (0, " days from the first successful call.")],
        "rows": [("AGR-2026-0012", "Treasury", "in_clearance", 14), ("AGR-2026-0007", "Homeland", "in_force", 208)],
        "bound": SampleForm({"title": "", "days": "40"}),
    }
