"""transparency as a Django application: the public side."""

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """What anybody may read: what this is, the text of section 3(c), whether the service is up."""

    name = "transparency"
