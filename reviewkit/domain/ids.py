"""Identifiers: random ones for what people make, content hashes for what is derived."""

from __future__ import annotations

import hashlib
import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LETTER_OF = bytes(ord(_ALPHABET[byte % len(_ALPHABET)]) for byte in range(256))
_UNEVEN = bytes(range(256 // len(_ALPHABET) * len(_ALPHABET), 256))
"""Bytes beyond the last multiple of the alphabet, which would favour its first letters."""


def new_id(length: int = 12) -> str:
    """A random identifier that says nothing of when it was made (12 characters: about 59 bits)."""
    found = b""
    while len(found) < length:
        found += secrets.token_bytes(2 * length).translate(_LETTER_OF, _UNEVEN)
    return found[:length].decode()


def new_secret() -> str:
    """A secret of 192 random bits for links and sessions, safe in a URL."""
    return secrets.token_urlsafe(24)


def fingerprint(*parts: str) -> str:
    """SHA-256 of the parts, hex; unambiguous whatever characters the parts hold."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


def derived_id(*parts: str) -> str:
    """The same parts always give the same identifier, so that a re-run finds its own work (80 bits)."""
    return fingerprint(*parts)[:20]
