"""Requests to let an accepted application go."""

from xingyun.applications.models import Application
from xingyun.reviews.models import WithdrawalRequest


def last_request(application: Application) -> WithdrawalRequest | None:
    """The newest sealed request of an application: the one that waits, else the one answered last."""
    made = WithdrawalRequest.objects.filter(application=application)
    return made.select_related("letter", "application").order_by("-id").first()
