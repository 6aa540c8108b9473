"""notifications as a Django application; plugs `tell` into core.ports for the rooms below."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notices, mail, the inbox."""

    name = "notifications"

    def ready(self) -> None:
        """Provide the ports and register the job kinds."""
        from core import ports
        from jobs import kinds
        from notifications import actions

        ports.tell.provide(actions.tell)
        ports.tell_address.provide(actions.tell_address)
        kinds.register("notifications.tell", finish="notifications.actions.write_notices")
        kinds.register(
            "notifications.mail", work="notifications.actions.send", finish="notifications.actions.mark_sent"
        )
