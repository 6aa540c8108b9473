"""Forms of comments on clauses."""

from __future__ import annotations

from typing import Any

from django import forms

from agreements.forms import ClauseChoice
from agreements.models import ClauseComment


class ChangeCommentForm(forms.Form):
    """A comment that was not sent yet."""

    text = forms.CharField(max_length=5000, label="Comment", widget=forms.Textarea(attrs={"rows": 5}))
    audience = forms.ChoiceField(
        choices=ClauseComment.Audience.choices, label="Who reads it once it is sent", initial="all"
    )


class CommentForm(ClauseChoice):
    """A comment on a clause or on the whole, or a reply."""

    text = forms.CharField(max_length=5000, label="Comment", widget=forms.Textarea(attrs={"rows": 3}))
    audience = forms.ChoiceField(
        choices=ClauseComment.Audience.choices, label="Who reads it once it is sent", initial="all"
    )
    reply_to = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "The whole agreement"), *self.clauses]
        self.fields["clause_id"] = forms.ChoiceField(choices=choices, required=False, label="Clause")
        self.order_fields(["clause_id", "text", "audience", "reply_to"])
