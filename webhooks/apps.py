"""webhooks as a Django application; listens where notices are written."""

from django.apps import AppConfig

VERBS = {
    "webhooks.added": "added a webhook", "webhooks.changed": "changed a webhook",
    "webhooks.paused": "paused a webhook", "webhooks.resumed": "resumed a webhook",
    "webhooks.switched_off": "switched a webhook off", "webhooks.rotated": "replaced the secret of a webhook",
    "webhooks.tested": "sent a test event to a webhook", "webhooks.sent_again": "sent a message to a webhook again",
    "webhooks.removed": "removed a webhook",
}  # fmt: skip


class WebhooksConfig(AppConfig):
    """Signed messages to endpoints of organisations (Standard Webhooks)."""

    name = "webhooks"

    def ready(self) -> None:
        """Register verbs, notices, job kinds, and the outlet."""
        from audit import verbs
        from jobs import kinds
        from notifications import outlets
        from webhooks import deliveries, notices

        verbs.register(VERBS)
        notices.register()
        outlets.register(deliveries.write)
        kinds.register("webhooks.deliver", work="webhooks.tasks.deliver", finish="webhooks.tasks.record", seconds=40)
        kinds.register("webhooks.switch_off", finish="webhooks.tasks.switch_off")
