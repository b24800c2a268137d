"""An applicant or a provider that is on the blacklist."""

from collections.abc import Iterator

from django.db.models import Q

from xingyun.evidence.checks.base import Check, Found, Subject, plain
from xingyun.registry.models import Sanction
from xingyun.rulebook import Text

APPLICANT = Text(
    "申请企业在惩戒名单里（{scope}），自 {since} 起。",
    "The applicant is on the list of sanctions ({scope}) since {since}.",
)
PROVIDER = Text(
    "合同 {contract} 的供应方“{name}”在惩戒名单里（{scope}），自 {since} 起。",
    "The provider of contract {contract}, {name}, is on the list of sanctions ({scope}) since {since}.",
)
CONFIRMED = Text(
    "合同 {contract} 的供应方“{name}”在惩戒名单里（{scope}），自 {since} 起；它的在线确认要另行核实。",
    "The provider of contract {contract}, {name}, is on the list of sanctions ({scope}) since {since}; "
    "what it confirmed online of this contract needs to be verified.",
)


def look(subject: Subject) -> Iterator[Found]:
    """Of the day that counts; providers by code or by name (one query)."""
    if subject.others is None:
        return
    contracts = subject.ledger.contracts
    live = Q(valid_to=None) | Q(valid_to__gt=subject.day)
    mine = Q(enterprise=subject.dossier.enterprise_id)
    # All providers that are listed, few as they are: a database does not know which names are written alike.
    found = Sanction.objects.filter(mine | Q(enterprise=None), live, valid_from__lte=subject.day)
    clause = subject.rulebook.sanctions[0].clause[0] if subject.rulebook.sanctions else ""
    for one in found.select_related("provider").order_by("id"):
        said = {"scope": one.scope, "since": one.valid_from.isoformat()}
        if one.provider is None:
            yield Found(key=(one.pk,), words=APPLICANT.fill(**said), clause=clause, across=True)
            continue
        for c in contracts:
            if plain(one.provider.name) == plain(c.seller) or one.provider.uscc == c.seller_uscc:
                form = CONFIRMED if c.uid in subject.ledger.confirmed else PROVIDER
                words = form.fill(contract=c.number, name=c.seller, **said)
                yield Found(key=(one.pk, c.uid), words=words, row=c.uid, clause=clause, across=True)


CHECK = Check("listed", Text("惩戒名单", "Sanctions"), look)
