"""What an application's spending comes to after an office has ruled on odd rows of its ledger."""

from django.db.models import F

from xingyun.applications.models import Application


def recount(*, application: Application, fen: int) -> None:
    """Keep the counted sum (fen) of what was handed in, in the caller's transaction, which holds the row."""
    own = Application.objects.filter(pk=application.pk)
    own.update(spend_fen=fen, rev=F("rev") + 1, parts_rev=F("parts_rev") + 1)
    application.spend_fen = fen
