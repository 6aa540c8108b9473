"""`manage.py demo_card EMAIL`: a card for somebody of the demo, as a file that PDF readers take (PKCS #12)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from agreements import keys
from agreements.pdf.certificates import make_leaf

PASSWORD = "concord"  # noqa: S105  # of a file of the demo


class Command(BaseCommand):
    """Writes EMAIL.pem (to enrol) and EMAIL.p12 (to sign with)."""

    help = "Demo only: makes a card for a person: a certificate to enrol, and its key for a PDF reader."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and where to."""
        parser.add_argument("email")
        parser.add_argument("--folder", type=Path, default=Path())

    def handle(self, *args: Any, **options: Any) -> None:
        """Refused outside the demo: keys of people are made where they are to stay."""
        if not settings.DEMO:
            raise CommandError("Only the demo makes cards. Elsewhere people bring their own.")
        person = User.objects.filter(email=options["email"]).first()
        if person is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        at = timezone.now()
        card = make_leaf(keys.demo_card_authority(at), name=person.name, organisation="Demo cards", at=at)
        base = options["folder"] / person.email.partition("@")[0]
        public, private = Path(f"{base}.pem"), Path(f"{base}.p12")
        public.write_bytes(card.certificate)
        key = serialization.load_pem_private_key(card.key, None)
        certificate, issuer = (x509.load_pem_x509_certificate(pem) for pem in (card.certificate, card.issuer))
        sealed = serialization.BestAvailableEncryption(PASSWORD.encode())
        packed = pkcs12.serialize_key_and_certificates(person.name.encode(), key, certificate, [issuer], sealed)  # type: ignore[arg-type]  # an RSA key
        private.write_bytes(packed)
        self.stdout.write(f"{public} is to be enrolled; {private} signs, with the password {PASSWORD}.")
