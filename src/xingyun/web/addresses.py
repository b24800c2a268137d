"""The addresses of pages by their names."""

from collections.abc import Hashable
from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def url(name: str, *args: Hashable, **kwargs: Hashable) -> str:
    """The address of a page by its name; an unknown name is an error, not an empty link.

    Worked out once: the page of a form names forty, and they stay what they are.
    """
    return reverse(name, args=args or None, kwargs=kwargs or None)
