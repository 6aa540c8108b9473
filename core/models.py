"""The base of every row: a UUID made in Python and an instant of creation. No business nouns here."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Base(models.Model):
    """A row with a random id. Ids carry no order and no count."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
