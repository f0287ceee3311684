"""Whether a request really comes from Discord."""

from __future__ import annotations

import re
import time
from typing import Final

from api.discord.errors import extra_missing, public_key_invalid, signature_invalid

SIGNATURE_HEADER: Final = "x-signature-ed25519"
TIMESTAMP_HEADER: Final = "x-signature-timestamp"
FRESH_SECONDS: Final = 300
_KEY: Final = re.compile(r"[0-9a-fA-F]{64}")
_SIGNATURE: Final = re.compile(r"[0-9a-fA-F]{128}")
_SECONDS: Final = re.compile(r"[0-9]{1,12}")


class Signatures:
    """Checks signatures of the application whose public key, in hexadecimal, this is.

    Raises UsageError for what is no such key, and where `cryptography` is not installed.
    """

    def __init__(self, public_key: str) -> None:
        try:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        except ImportError:
            raise extra_missing() from None
        if not _KEY.fullmatch(public_key):
            raise public_key_invalid()
        self._key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))

    def check(self, signature: str, timestamp: str, body: bytes) -> None:
        """Raises SignatureInvalidError unless `body` was signed, at `timestamp`, just now.

        Both headers are as they came; "" where one is missing.
        """
        from cryptography.exceptions import InvalidSignature

        if not (_SIGNATURE.fullmatch(signature) and _SECONDS.fullmatch(timestamp)):
            raise signature_invalid()
        try:
            self._key.verify(bytes.fromhex(signature), timestamp.encode() + body)
        except InvalidSignature:
            raise signature_invalid() from None
        if abs(time.time() - int(timestamp)) > FRESH_SECONDS:
            raise signature_invalid()
