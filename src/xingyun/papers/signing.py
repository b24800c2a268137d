"""The office's digital seal: whose it is, and whether there is one."""

from django.conf import settings
from django.core.checks import CheckMessage, Error

from xingyun.documents.signing import Seal, Signer, SigningError, self_made, signer


def seal() -> Seal | None:
    """What papers are signed with: the key that was set; in a rehearsal one made here; else nothing."""
    if settings.SIGNING_KEY:
        return Seal(settings.SIGNING_KEY, settings.SIGNING_PASSWORD)
    if settings.REHEARSAL:
        return self_made(settings.OWN_SIGNING_KEY, "演练用签名（无效力）")
    return None


def signed_by() -> Signer | None:
    """Whose signature a genuine paper bears; None where none is signed, or the key can't be read."""
    own = seal()
    try:
        return signer(own) if own else None
    except SigningError:
        return None


def key_can_be_used(**_more: object) -> list[CheckMessage]:
    """A check of the settings, so that a wrong file or password is told before the first certificate."""
    own = seal()
    try:
        if own:
            signer(own)
    except SigningError as error:
        hint = "Set XINGYUN_SIGNING_KEY to a PKCS#12 file and XINGYUN_SIGNING_PASSWORD to its password."
        return [Error(f"The signing key can't be used: {error}", hint=hint, id="papers.E001")]
    return []
