"""Secrets: made at random, kept hashed, or encrypted where they must be read again."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def new_secret(length_bytes: int = 32) -> str:
    """A random text of URL-safe letters that nobody can guess."""
    return secrets.token_urlsafe(length_bytes)


def hash_secret(secret: str) -> str:
    """The form in which a random secret is stored.

    SHA-256 suffices because the secrets are long and random; it is no hash for passwords.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def encrypt(text: str) -> bytes:
    return _box().encrypt(text.encode())


def decrypt(token: bytes | memoryview) -> str:
    return _box().decrypt(bytes(token)).decode()


def _box() -> MultiFernet:
    """The current key first; retired keys still open what they closed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str) -> bytes:
    digest = hashlib.sha256(b"carrel.lib.secrets:" + key.encode()).digest()
    return base64.urlsafe_b64encode(digest)
