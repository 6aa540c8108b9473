"""Sessions in PostgreSQL, read together with the person who signed in: every signed-in request begins with both."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from accounts.models import User

FIELDS = [field.attname for field in User._meta.concrete_fields]
READ = "SELECT session_data, {} FROM concord_session(%s, %s)".format(
    ", ".join(f"(person).{field.column}" for field in User._meta.concrete_fields)
)


class SessionStore(db.SessionStore):
    """Django's, but for how a live session is read.

    `person` is whom allauth noted at sign-in. It is no proof of anything: accounts.middleware checks that the session
    itself, which is signed, names the same person.
    """

    person: User | None = None

    def load(self) -> dict[str, Any]:
        """What the session holds; empty, and without its key, when there is no live one."""
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        self.person = User.from_db(connection.alias, FIELDS, row[1:]) if row[1 + FIELDS.index("id")] else None
        held: dict[str, Any] = self.decode(row[0])
        return held
