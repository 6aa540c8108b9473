"""accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organisations, memberships, sign-in."""

    name = "accounts"
