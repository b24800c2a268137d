"""The key that signs checkpoints. It lies outside the database: who can rewrite rows can't sign them."""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


def signing_key() -> Ed25519PrivateKey:
    """The key in AUDIT_KEY_FILE, made on first use and readable by its owner alone."""
    path = Path(settings.AUDIT_KEY_FILE)
    if not path.exists():
        _make(path)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


def public(key: Ed25519PrivateKey) -> str:
    """Its public half, 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def known_public() -> str | None:
    """The public key of this machine's key file, None where the file isn't (verification elsewhere)."""
    return public(signing_key()) if Path(settings.AUDIT_KEY_FILE).exists() else None


def sign(key: Ed25519PrivateKey, subject: str, digest: str) -> str:
    """Sign a digest for one purpose only."""
    return key.sign(f"{subject} {digest}".encode()).hex()


def signed(public_key: str, signature: str, subject: str, digest: str) -> bool:
    """Whether this signature is that key's for this digest and purpose."""
    try:
        known = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        known.verify(bytes.fromhex(signature), f"{subject} {digest}".encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link fails where a file is: of two processes that start at once, one key stays.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
