"""Migration operations: protect a table with a row-level policy, guard a status column, make rows immutable."""

from __future__ import annotations

from importlib import import_module

from django.db.migrations.operations import RunSQL

from core.workflow import Workflow


def any_of(*conditions: str) -> str:
    """Conditions joined by OR, each in brackets."""
    return " OR ".join(f"({condition})" for condition in conditions)


class ProtectTable(RunSQL):
    """ENABLE and FORCE row-level security with one policy for all commands.

    `using` is the condition for reading; `check` that for writing (the same unless given: rows that one side writes
    for another, such as a notice, need a wider one).
    """

    def __init__(self, table: str, using: str, check: str | None = None) -> None:
        self.table, self.using, self.check = table, using, check
        super().__init__(
            [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY {table}_seat ON {table} USING ({using}) WITH CHECK ({check or using})",
            ],
            [f"DROP POLICY {table}_seat ON {table}", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"],
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.table, self.using, self.check], {}


class AmendPolicy(RunSQL):
    """Give a protected table another condition, for reading and writing alike; `was` is the one before."""

    def __init__(self, table: str, using: str, was: str) -> None:
        self.table, self.using, self.was = table, using, was
        statement = f"ALTER POLICY {table}_seat ON {table} USING ({{0}}) WITH CHECK ({{0}})"
        super().__init__(statement.format(using), statement.format(was))

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.table, self.using, self.was], {}


def watching(table: str, columns: str) -> str:
    """The audit trigger of a table again, with its own arguments, over these columns (or all)."""
    return f"""
DO $watch$ DECLARE arguments text; BEGIN
    SELECT substring(pg_get_triggerdef(oid) FROM 'audit_capture\\((.*)\\)$') INTO STRICT arguments
      FROM pg_trigger WHERE tgname = 'audit_capture' AND tgrelid = '{table}'::regclass;
    EXECUTE 'CREATE OR REPLACE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE{" OF " + columns if columns else ""}'
         || ' ON {table} FOR EACH ROW EXECUTE FUNCTION audit_capture(' || arguments || ')';
END $watch$"""


class WatchColumns(RunSQL):
    """Have audit watch other columns of an audience table than `was`, after columns of its own were added."""

    def __init__(self, table: str, columns: tuple[str, ...], was: tuple[str, ...]) -> None:
        self.table, self.columns, self.was = table, columns, was
        super().__init__(watching(table, ", ".join(columns)), watching(table, ", ".join(was)))

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.table, self.columns, self.was], {}


class CopyToAudience(RunSQL):
    """Triggers that keep a copy of a row's column in its audience table, where lists filter by it through an index.

    The copy cannot go stale: it is written by the database, in the same transaction, whoever changes the row. Audit
    records the row's own change; the copy's is left out of it. `kept` are the audience's columns that audit goes on watching.
    """

    def __init__(self, table: str, audience: str, column: str, kept: tuple[str, ...]) -> None:
        self.table, self.audience, self.column, self.kept = table, audience, column, kept
        definer = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public"
        super().__init__(
            [
                f"CREATE POLICY {audience}_copier ON {audience} TO CURRENT_USER USING (true) WITH CHECK (true)",
                f"CREATE POLICY {table}_copied ON {table} FOR SELECT TO CURRENT_USER USING (true)",
                self._watching(", ".join(kept)),
                f"UPDATE {audience} a SET {column} = t.{column} FROM {table} t WHERE t.id = a.target_id",
                f"""
CREATE FUNCTION copy_{table}_{column}() RETURNS trigger {definer} AS $copy$
BEGIN
    UPDATE {audience} SET {column} = NEW.{column} WHERE target_id = NEW.id;
    RETURN NULL;
END $copy$""",
                f"""
CREATE FUNCTION copied_{audience}_{column}() RETURNS trigger {definer} AS $copied$
BEGIN
    SELECT {column} INTO STRICT NEW.{column} FROM {table} WHERE id = NEW.target_id;
    RETURN NEW;
END $copied$""",
                f"CREATE TRIGGER copy_{column} AFTER UPDATE OF {column} ON {table} FOR EACH ROW"
                f" WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION copy_{table}_{column}()",
                f"CREATE TRIGGER copied_{column} BEFORE INSERT ON {audience} FOR EACH ROW"
                f" WHEN (NEW.{column} = '') EXECUTE FUNCTION copied_{audience}_{column}()",
            ],
            [
                self._watching(""),
                f"DROP TRIGGER copied_{column} ON {audience}",
                f"DROP TRIGGER copy_{column} ON {table}",
                f"DROP FUNCTION copied_{audience}_{column}()",
                f"DROP FUNCTION copy_{table}_{column}()",
                f"DROP POLICY {table}_copied ON {table}",
                f"DROP POLICY {audience}_copier ON {audience}",
            ],
        )

    def _watching(self, columns: str) -> str:
        return watching(self.audience, columns)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.table, self.audience, self.column, self.kept], {}


def guard_sql(workflow: Workflow, table: str, column: str = "status") -> str:
    """The trigger function's body for one life cycle: refuses births and moves that are not in the table."""
    births = ", ".join(f"'{s}'" for s in workflow.births)
    pairs = ", ".join(f"('{a}', '{b}')" for a, b in workflow.pairs)
    return f"""
CREATE OR REPLACE FUNCTION guard_{table}_{column}() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.{column} NOT IN ({births}) THEN
            RAISE EXCEPTION '% cannot begin as %', '{workflow.name}', NEW.{column} USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.{column} IS DISTINCT FROM OLD.{column} AND (OLD.{column}, NEW.{column}) NOT IN ({pairs}) THEN
        RAISE EXCEPTION '% cannot go from % to %', '{workflow.name}', OLD.{column}, NEW.{column}
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""


class GuardStatus(RunSQL):
    """A trigger that refuses any status change the workflow's table does not have.

    `workflow` is a dotted path such as "agreements.workflow.AGREEMENT". The table is read when the migration runs; a
    test compares the function in the database with today's table, so a changed life cycle needs a new migration.
    """

    def __init__(self, workflow: str, table: str, column: str = "status") -> None:
        self.workflow, self.table, self.column = workflow, table, column
        module, name = workflow.rsplit(".", 1)
        table_of_moves: Workflow = getattr(import_module(module), name)
        super().__init__(
            [
                guard_sql(table_of_moves, table, column),
                f"CREATE OR REPLACE TRIGGER guard_{column} BEFORE INSERT OR UPDATE OF {column} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION guard_{table}_{column}()",
            ],
            [f"DROP TRIGGER guard_{column} ON {table}", f"DROP FUNCTION guard_{table}_{column}()"],
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.workflow, self.table, self.column], {}


class Immutable(RunSQL):
    """A trigger that refuses UPDATE of every column but the named ones, and DELETE, once a row exists.

    `when` is an SQL condition on OLD that says from when on the row is frozen.
    """

    def __init__(self, table: str, when: str = "true", but: tuple[str, ...] = ()) -> None:
        self.table, self.when, self.but = table, when, but
        drop = "".join(f" - '{column}'" for column in but)
        super().__init__(
            [
                f"""
CREATE OR REPLACE FUNCTION freeze_{table}() RETURNS trigger LANGUAGE plpgsql AS $freeze$
BEGIN
    IF {when} AND (TG_OP = 'DELETE' OR to_jsonb(OLD){drop} IS DISTINCT FROM to_jsonb(NEW){drop}) THEN
        RAISE EXCEPTION '{table} rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $freeze$""",
                f"CREATE TRIGGER freeze_row BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION freeze_{table}()",
            ],
            [f"DROP TRIGGER freeze_row ON {table}", f"DROP FUNCTION freeze_{table}()"],
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.table, self.when, self.but], {}
