"""notifications as a Django application; plugs `tell` into core.ports for the rooms below."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notices, mail, the inbox."""

    name = "notifications"

    def ready(self) -> None:
        """Provide the ports; register job kinds, the notices about dead work."""
        from audit import verbs
        from core import ports
        from jobs import kinds, reports
        from notifications import actions, calendar, duties
        from notifications import kinds as notices

        verbs.register(
            {
                "notifications.calendar_issued": "made a calendar address",
                "notifications.calendar_ended": "took a calendar address away",
            }
        )
        calendar.register(duties.calendar)
        ports.tell.provide(actions.tell)
        ports.tell_address.provide(actions.tell_address)
        reports.on_death(actions.tell_staff_of_death)
        notices.register("jobs.died", "Work that failed for good (administrators)")
        notices.register("jobs.mail_died", "Mail that could not be sent (administrators)", mailed=False)
        kinds.register("notifications.tell", finish="notifications.actions.write_notices")
        kinds.register(
            "notifications.mail", work="notifications.actions.send", finish="notifications.actions.mark_sent"
        )
