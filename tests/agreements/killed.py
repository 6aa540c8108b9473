"""A process that opens or signs an agreement and is killed right after its n-th file was written. Started by a test:
python -m tests.agreements.killed DATABASE KEYS FILES AGREEMENT PERSON open|sign N"""

from __future__ import annotations

import os
import signal
import sys

import django
from django.conf import settings

ROLE = {"options": "-c role=concord_web"}


def main(database: str, keys: str, media: str, agreement: str, person: str, what: str, at_write: str) -> None:
    """On the database of the test; what was written stands on the output."""
    django.setup()
    entry = settings.DATABASES["default"]
    entry["NAME"], entry["OPTIONS"] = database, {**entry.get("OPTIONS", {}), **ROLE}
    settings.KEY_DIR, settings.MEDIA_ROOT = keys, media
    from django.utils import timezone

    from accounts.models import User
    from agreements import actions, files, queries
    from agreements.models import TestingAgreement
    from core import rls

    put, written = files.put, 0

    def last_deed(content: bytes) -> str:
        nonlocal written
        sha256, written = put(content), written + 1
        print(sha256, flush=True)
        if written == int(at_write):
            os.kill(os.getpid(), signal.SIGKILL)
        return sha256

    files.put = last_deed
    with rls.context(user=person):
        by, row = User.objects.get(pk=person), TestingAgreement.objects.select_related("current").get(pk=agreement)
        if what == "open":
            actions.open_for_signature(agreement=row, by=by)
            return
        shown = queries.current_file(row)
        actions.sign(
            agreement=row, by=by, shown_sha256=shown.sha256 if shown else "", typed_name=by.name, agreed=True,
            stepped_up_at=timezone.now(),
        )  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
