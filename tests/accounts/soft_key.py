"""A passkey in software: answers creation and request options as a browser's authenticator would, or wrongly on purpose."""

import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ZERO_AAGUID = b"\0" * 16


class SoftKey:
    """One credential for one site."""

    def __init__(self, rp: str = "testserver", origin: str = "https://testserver", verified: bool = True) -> None:
        self.rp, self.origin, self.flags = rp, origin, PRESENT | (VERIFIED if verified else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        text = challenge if isinstance(challenge, str) else websafe_encode(challenge)
        return json.dumps({"type": f"webauthn.{kind}", "challenge": text, "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        encoded = {name: websafe_encode(value) for name, value in response.items()}
        key = websafe_encode(self.id)
        return json.dumps(
            {"id": key, "rawId": key, "type": "public-key", "response": encoded, "clientExtensionResults": {}}
        )

    def create(self, options: dict[str, Any]) -> str:
        """The answer to navigator.credentials.create."""
        public = AttestedCredentialData.create(ZERO_AAGUID, self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData.create(sha256(self.rp.encode()), self.flags | ATTESTED, 0, public)
        return self._answer(
            clientDataJSON=self._client("create", options),
            attestationObject=bytes(AttestationObject.create("none", data, {})),
        )

    def get(self, options: dict[str, Any]) -> str:
        """The answer to navigator.credentials.get."""
        data = bytes(AuthenticatorData.create(sha256(self.rp.encode()), self.flags, 1))
        client = self._client("get", options)
        signature = self.key.sign(data + sha256(client), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)
