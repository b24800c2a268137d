"""The checklist: which domains are claimed, and which pages of which files prove them."""

from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.applications.actions.editing import Edit, editing
from xingyun.applications.actions.page_ranges import joined, pages_exist, still_there
from xingyun.applications.models import Application, Attachment, Claim, ClaimPage
from xingyun.applications.permissions import is_open
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor
from xingyun.rounds.queries import rulebook_of


def claim(*, application: Application, domain: str, on: bool, actor: Actor, now: datetime) -> None:
    """Say that a domain is met, or take that back together with its proof."""
    _known(application, domain)
    act = "domain.claimed" if on else "domain.unclaimed"
    with editing(application=application, act=act, places=_places(domain), actor=actor, now=now) as edit:
        own = Claim.objects.filter(application=application, domain=domain)
        edit.nothing = own.exists() == on
        if on and not edit.nothing:
            Claim.objects.create(application=application, domain=domain)
        elif not on:
            own.delete()
        _count(edit)
        edit.say(domain=domain)


def prove(
    *,
    application: Application,
    domain: str,
    attachment: Attachment,
    first: int,
    last: int,
    actor: Actor,
    now: datetime,
) -> ClaimPage:
    """Let pages `first` to `last` (from 1, inclusive) of a file prove a domain, which is thereby claimed.

    Ranges of one file that touch become one.
    """
    _known(application, domain)
    pages_exist(application, attachment, first, last)
    places = _places_to_prove(application, domain, attachment)
    with editing(application=application, act="domain.proved", places=places, actor=actor, now=now) as edit:
        still_there(attachment)
        own, _made = Claim.objects.get_or_create(application=application, domain=domain)
        start, end = joined(ClaimPage.objects.filter(claim=own), attachment, first, last)
        page = ClaimPage.objects.create(claim=own, attachment=attachment, first=start, last=end)
        _count(edit)
        edit.say(domain=domain, attachment=str(attachment.uid), first=page.first, last=page.last)
    return page


def unprove(*, page: ClaimPage, actor: Actor, now: datetime) -> None:
    """Take these pages away from the proof of a domain; the claim stays."""
    own = page.claim
    places = _places(own.domain)
    with editing(
        application=own.application, act="domain.unproved", places=places, actor=actor, now=now
    ) as edit:
        edit.nothing = not ClaimPage.objects.filter(pk=page.pk).delete()[0]
        edit.say(domain=own.domain, first=page.first, last=page.last)


def _places(domain: str) -> tuple[str, ...]:
    return (f"domain:{domain}",)


def _places_to_prove(application: Application, domain: str, attachment: Attachment) -> tuple[str, ...]:
    """A file that came in place of one that a return named may prove what is claimed already."""
    material = f"material:{rulebook_of(application.edition).material(attachment.material).key}"
    claimed = Claim.objects.filter(application=application, domain=domain).exists()
    opened = Application.objects.values_list("unlocked", flat=True).get(pk=application.pk)
    return (material,) if claimed and is_open(opened, material) else _places(domain)


def _known(application: Application, domain: str) -> None:
    if domain not in {one.key for one in rulebook_of(application.edition).domains}:
        raise Refused(_("本轮的业务及应用表里没有这个域。"), field="domain")


def _count(edit: Edit) -> None:
    edit.columns["domains"] = Claim.objects.filter(application=edit.application).count()
