"""Django's translations for templates, each looked up once a language: a page says a hundred of them."""

from functools import lru_cache

from django.utils import translation


def gettext(message: str) -> str:
    """The message in the language of this request."""
    return _said(translation.get_language(), message)


@lru_cache(maxsize=8192)
def _said(_language: str | None, message: str) -> str:
    return translation.gettext(message)
