"""jobs as a Django application; plugs `enqueue` into core.ports for the rooms below."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Durable work: PostgreSQL owns it, Celery runs it."""

    name = "jobs"

    def ready(self) -> None:
        """Provide the port, register the kinds of this room."""
        from core import ports
        from jobs import actions, kinds

        ports.enqueue.provide(actions.enqueue)
        kinds.register("jobs.echo", finish="jobs.tasks.finish_echo")
        kinds.register("jobs.report", finish="jobs.reports.finish_report")
