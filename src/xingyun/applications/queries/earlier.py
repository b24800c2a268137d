"""What an enterprise answered the time before, as far as it may be offered again."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook.form import FieldError
from xingyun.rulebook.schema.form import Field

# What is so in one year and not in the next: sums, numbers, days. It is asked for anew.
OF_A_YEAR = frozenset({"money", "integer", "percent", "date", "month"})
# What is decided with each application, not remembered.
DECIDED_ANEW = frozenset({"level"})
# Texts and people seldom change; what is declared by ticking is looked at again before it is taken over.
LOOKED_AT = frozenset({"choice", "multi_choice", "long_text"})


@dataclass(frozen=True, slots=True)
class Offer:
    """An earlier answer: its field in the present form, as typed and as a reader wants it."""

    field: Field
    raw: str
    text: str

    @property
    def likely(self) -> bool:
        """Whether it is proposed to be taken over as it stands."""
        return self.field.kind not in LOOKED_AT


@dataclass(frozen=True, slots=True)
class Earlier:
    """The application that was made before, and what of it the present one may take over.

    `anew` are the fields that are of a year, `kept` how many were answered already and stay as they are.
    """

    application: Application
    offers: tuple[Offer, ...]
    anew: tuple[Field, ...]
    kept: int


def earlier(application: Application) -> Earlier | None:
    """The enterprise's latest application of the same programme in another round (one query).

    Offered are answers to fields that both forms have under one key and kind, that make sense under the
    present edition, and whose field is still empty here. What the register fills in is not offered.
    """
    before = (
        Application.objects.filter(
            enterprise_id=application.enterprise_id,
            round__programme_id=application.round.programme_id,
            pk__lt=application.pk,
        )
        .exclude(round_id=application.round_id)
        .exclude(state=State.WITHDRAWN)
        .select_related("round", "edition")
        .defer("edition__source", "edition__contacts")
        .order_by("-id")
        .first()
    )
    return _offered(application, before) if before else None


def _offered(application: Application, before: Application) -> Earlier:
    now, then = rulebook_of(application.edition).form, rulebook_of(before.edition).form
    offers, anew, kept = [], [], 0
    for field in now.fields:
        raw = before.answers.get(field.key, "")
        if not raw.strip() or not then.has(field.key) or then.field(field.key).kind != field.kind:
            continue
        if application.answers.get(field.key, "").strip():
            kept += 1
        elif field.kind in OF_A_YEAR or field.role in DECIDED_ANEW or field.prefill:
            anew.append(field)
        elif not isinstance(value := now.parse(field, raw), FieldError):
            offers.append(Offer(field, raw, now.display(field, value, get_language() or "")))
        else:
            anew.append(field)
    return Earlier(before, tuple(offers), tuple(anew), kept)


def with_earlier(applications: Iterable[Application]) -> set[int]:
    """The ids of those drafts whose enterprise applied in the same programme before (one query)."""
    drafts = [a for a in applications if a.state == State.DRAFT]
    others = (
        Application.objects.filter(enterprise__in={a.enterprise_id for a in drafts})
        .exclude(state=State.WITHDRAWN)
        .values_list("enterprise_id", "round__programme_id", "round_id", "pk")
    )
    known = list(others)
    return {
        draft.pk
        for draft in drafts
        if any(
            enterprise == draft.enterprise_id
            and programme == draft.round.programme_id
            and round_ != draft.round_id
            and pk < draft.pk
            for enterprise, programme, round_, pk in known
        )
    }
