"""The mail backend of demo mode: nothing leaves; the rows of `Mail` are the mailbox that /demo/mailbox/ shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from notifications.models import Mail


class MailboxBackend(BaseEmailBackend):
    """Keeps messages that did not come from a `Mail` row (allauth's own) as rows too."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Count them as sent."""
        for message in email_messages:
            if "Message-ID" not in message.extra_headers:
                for address in message.to:
                    Mail.objects.create(address=address, subject=str(message.subject), body=str(message.body))
        return len(email_messages)
