"""Appeals of applicants against not being accepted or awarded."""

from xingyun.applications.models import Application
from xingyun.reviews.models import Appeal


def last_appeal(application: Application) -> Appeal | None:
    """The newest appeal of an application: the one that waits, else the one answered last."""
    made = Appeal.objects.filter(application=application)
    return made.select_related("file", "application").order_by("-id").first()
