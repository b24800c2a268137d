"""Files of an application that wait for the virus scan, or were refused after it."""

from django.conf import settings

from xingyun.applications.models import Application, Awaited


def awaited(application: Application, *, scans: bool) -> list[Awaited]:
    """Stamped `scans`, else files for materials, oldest first. Nothing is asked where nothing is scanned."""
    if not settings.CLAMD:
        return []
    waiting = Awaited.objects.filter(application=application).select_related("file").order_by("id")
    return list(waiting.filter(material="") if scans else waiting.exclude(material=""))
