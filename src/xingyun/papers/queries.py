"""Reading issued papers."""

from uuid import UUID

from django.db.models import QuerySet

from xingyun.papers.models import Paper


def papers(about: str, kind: str = "") -> QuerySet[Paper]:
    """The papers of one matter, newest first; of one kind where it is named."""
    found = Paper.objects.filter(about=about).select_related("file").order_by("-id")
    return found.filter(kind=kind) if kind else found


def paper(uid: UUID) -> Paper | None:
    """The paper of this public id. Who may read it is decided by the room that issued it."""
    return Paper.objects.select_related("file").filter(uid=uid).first()
