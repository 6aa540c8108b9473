"""developers as a Django application: plugs its verbs, notices and inbox into the rooms below."""

from django.apps import AppConfig


class DevelopersConfig(AppConfig):
    """Developers, their models, checkpoints and variants."""

    name = "developers"

    def ready(self) -> None:
        """Fill the registries."""
        from accounts import search
        from audit import verbs
        from developers import notices, queries
        from notifications import inbox

        notices.register()
        inbox.register(queries.inbox)
        search.register("Models", queries.search)
        verbs.register(
            {
                "developers.registered": "registered the developer organisation",
                "developers.verify": "verified the developer organisation",
                "developers.refuse": "refused to verify the developer organisation",
                "developers.model_registered": "registered a model",
                "developers.checkpoint_registered": "registered a checkpoint",
            }
        )
