"""Who opens rounds and sets windows."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import Actor, SystemActor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Edition, Round
from xingyun.rounds.queries import latest_edition, rulebook_of
from xingyun.rounds.states import FIXED, RoundState
from xingyun.rulebook import Rulebook, Text
from xingyun.rulebook.diff import Change, diff


def may_lead(actor: Actor | SystemActor, authority: Authority) -> None:
    """Editions and rounds are the matter of the authority that leads the programme."""
    if isinstance(actor, Actor) and not actor.serves(authority.pk):
        raise NotAllowed(_("只有牵头单位可以发布规则、开启批次。"))


def may_release(actor: Actor | SystemActor, book: Rulebook) -> None:
    """A rulebook is released by the authority at its top; a programme stays with the one that began it.

    What names a top that is not in the register yet is for whoever sets the system up.
    """
    if not isinstance(actor, Actor):
        return
    tops = {a.key for a in book.authorities if a.parent is None}
    before = latest_edition(book.programme.key)
    if before is not None:
        tops |= {a.key for a in rulebook_of(before).authorities if a.parent is None}
    known = Authority.objects.filter(key__in=tops, parent=None)
    if known.count() != len(tops) or not all(actor.serves(a.pk) for a in known):
        raise NotAllowed(_("规则由规则里最上级的单位发布，您不在这个单位。"))


def may_amend(round: Round, after: Edition, on: date, today: date) -> tuple[Change, ...]:
    """What the edition changes, if it may take the place of the round's own; else Refused with clause."""
    before = round.edition
    if round.state != RoundState.OPEN:
        raise Refused(_("只有进行中的批次可以修订；还没有开启的，按新规则另建批次。"))
    if after.programme_id != round.programme_id or after.number <= before.number:
        raise Refused(_("要选比现在更新的一版规则。"), field="edition")
    if on < today:
        raise Refused(_("起用日期不能早于今天。"), field="effective_on")
    old, new = rulebook_of(before), rulebook_of(after)
    changes = diff(old, new)
    fixed = next((c for c in changes if c.kind in FIXED), None)
    if fixed is not None:
        said = _("进行中的批次不能改等级、名额和机关，请另开批次。这一版改了：%s")
        raise Refused(said % _say(fixed.words), clause=fixed.clauses[0] if fixed.clauses else "")
    gone = {w.key for w in old.windows} - {w.key for w in new.windows}
    if gone:
        raise Refused(_("进行中的批次已按原来的阶段设了时间，新规则里不能没有：%s") % "、".join(sorted(gone)))
    return changes


def may_set_window(actor: Actor | SystemActor, round: Round, authority: Authority | None) -> None:
    """An authority sets its own window; the leading one may set or extend any."""
    if not isinstance(actor, Actor) or actor.serves(round.authority_id):
        return
    if authority is None or not actor.serves(authority.pk):
        raise NotAllowed(_("只能设定本单位的受理时间。"))


def _say(text: Text) -> str:
    return text.say(get_language() or "zh")
