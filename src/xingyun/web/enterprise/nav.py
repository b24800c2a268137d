"""The navigation of this audience; its first entry that a person sees is where the work begins."""

from xingyun.web.navigation import Way

WAYS: tuple[Way, ...] = ()
