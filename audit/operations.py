"""Migration operations: put a table under audit (a row trigger that sees every change by any path), and set the rights
that roles of processes have on a table."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

EACH = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT rolname FROM pg_roles WHERE rolname = ANY (string_to_array('{roles}', ',')) LOOP
        EXECUTE format('{statement}', name);
    END LOOP;
END $$"""


def _for_roles(statement: str, roles: tuple[str, ...]) -> str:
    return EACH.format(statement=statement, roles=",".join(roles))


class Grant(RunSQL):
    """Give roles of processes rights on a table; roles that do not exist in this cluster are left out."""

    def __init__(self, rights: str, table: str, roles: tuple[str, ...]) -> None:
        self.rights, self.table, self.roles = rights, table, roles
        super().__init__(
            _for_roles(f"GRANT {rights} ON {table} TO %I", roles),
            _for_roles(f"REVOKE {rights} ON {table} FROM %I", roles),
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.rights, self.table, self.roles], {}


class Withhold(RunSQL):
    """Take every right on a table from roles of processes that have no business with it."""

    def __init__(self, table: str, roles: tuple[str, ...]) -> None:
        self.table, self.roles = table, roles
        super().__init__(
            _for_roles(f"REVOKE ALL ON {table} FROM %I", roles),
            _for_roles(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO %I", roles),
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.table, self.roles], {}


AGENCY_ROLES = (
    "concord_agency_treasury",
    "concord_agency_defense",
    "concord_agency_commerce",
    "concord_agency_homeland",
)


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
