"""Django's translations for templates, each looked up once a language: a page says a hundred of them."""

from functools import lru_cache

from django.utils import translation
from markupsafe import Markup


def gettext(message: str) -> str:
    """The message in the language of this request."""
    return _said(translation.get_language(), message)


def said(message: str, /, **values: object) -> Markup:
    """What `_()` and `{% trans %}` write: the message is ours and stays, the values in it are escaped.

    As the i18n extension's own does, which goes through the template's context three times for each message.
    """
    return Markup(gettext(message)) % values


@lru_cache(maxsize=8192)
def _said(_language: str | None, message: str) -> str:
    return translation.gettext(message)
