"""How a letter leaves: by SMTP, or into a folder where no mail server is set up yet."""

from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FOLDER = "django.core.mail.backends.filebased.EmailBackend"
SCHEMES = {"smtp": {"use_tls": False}, "smtp+tls": {"use_tls": True}, "smtps": {"use_ssl": True}}


class MailUrlError(ValueError):
    """XINGYUN_MAIL_URL can't be understood."""


def backend(url: str) -> BaseEmailBackend:
    """The way named by `url`: smtp://, smtp+tls:// or smtps://user:password@host:port, file:///folder."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return get_connection(FOLDER, file_path=unquote(parts.path))
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise MailUrlError("XINGYUN_MAIL_URL: smtp://host:25, smtp+tls://…, smtps://… or file:///folder")
    return get_connection(
        SMTP,
        host=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        timeout=20,
        **SCHEMES[parts.scheme],
    )


def letter(*, key: str, subject: str, body: str, to: str, sender: str) -> EmailMessage:
    """The letter. One key, one Message-ID: mail programs show a doubled delivery once."""
    domain = sender.rpartition("@")[2] or "localhost"
    return EmailMessage(subject, body, sender, [to], headers={"Message-ID": f"<{key}@{domain}>"})
