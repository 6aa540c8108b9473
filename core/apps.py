"""core as a Django application: it only brings template tags and the form renderer."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """No models, no business nouns."""

    name = "core"
