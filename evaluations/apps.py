"""evaluations as a Django application: plugs its verbs, job kinds, notices and inbox into the rooms below."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Routing, assignments, runs, findings, reports."""

    name = "evaluations"

    def ready(self) -> None:
        """Fill the registries."""
        from evaluations import registrations

        registrations.register()
