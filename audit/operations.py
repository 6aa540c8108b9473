"""Migration operation that puts a table under audit: a row trigger that sees every change by any path."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL


class Track(RunSQL):
    """Record every INSERT, UPDATE and DELETE of a table.

    `redact` names columns whose values never enter the record (the change itself does); `parties` names the
    organisation columns whose organisations may read the event.
    """

    def __init__(
        self, table: str, redact: tuple[str, ...] = (), parties: tuple[str, ...] = ("developer_id", "agency_id")
    ) -> None:
        self.table, self.redact, self.parties = table, redact, parties
        arguments = f"'{','.join(redact)}', '{','.join(parties)}'"
        super().__init__(
            f"CREATE TRIGGER audit_capture AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION audit_capture({arguments})",
            f"DROP TRIGGER audit_capture ON {table}",
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.table, self.redact, self.parties], {}
