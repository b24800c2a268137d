"""How a provider's confirmation stands, as applicants and officials see it: word, colour, sign."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xingyun.evidence.models import Confirmation, Contract
from xingyun.evidence.queries import Ledger, has_expired, said
from xingyun.evidence.states import ConfirmationState
from xingyun.rulebook import Rulebook, Text

S = ConfirmationState
UNASKED, OUTDATED = "unasked", "outdated"
LOOKS: dict[str, tuple[str | Promise, str, str]] = {
    UNASKED: (_("没有请提供方在线确认"), "", "info"),
    OUTDATED: (_("合同改过，在线确认不算"), "wait", "warn"),
    S.ASKED: (S.ASKED.label, "wait", "clock"),
    S.CONFIRMED: (S.CONFIRMED.label, "ok", "accept"),
    S.DECLINED: (S.DECLINED.label, "bad", "refuse"),
    S.EXPIRED: (_("没有回答，链接已过期"), "wait", "clock"),
    S.WITHDRAWN: (_("请求确认已撤回"), "", "prev"),
}
WORTH = {
    "supports": Text(
        "在线确认供审核参考，不代替双方盖章的说明。",
        "A confirmation online is for the reviewers; it does not replace the statement sealed by both sides.",
    ),
    "replaces": Text(
        "提供方在线确认了的合同，不用再交双方盖章的说明。",
        "A contract that its provider has confirmed online needs no statement sealed by both sides.",
    ),
}


class Standing(NamedTuple):
    """Where it stands with one contract: the asking (if any), what it is called, its colour and sign."""

    contract: Contract
    one: Confirmation | None
    key: str
    label: str | Promise
    kind: str
    sign: str

    @property
    def waits(self) -> bool:
        """Whether the provider can answer now."""
        return self.key == S.ASKED

    @property
    def answered(self) -> bool:
        """Whether somebody answered, whatever has become of it since."""
        return self.one is not None and self.one.state in (S.CONFIRMED, S.DECLINED)


def standing(contract: Contract, one: Confirmation | None, now: datetime) -> Standing:
    """How it stands with a contract that does not say cloud."""
    key = _key(contract, one, now)
    return Standing(contract, one, key, *LOOKS[key])


def standings(ledger: Ledger, book: Rulebook, now: datetime) -> dict[UUID, Standing]:
    """The same of all contracts that need it, by their id; none where the rulebook has nothing confirmed."""
    unsaid: Iterable[Contract] = (c for c in ledger.contracts if book.confirming and not c.says_cloud)
    return {c.uid: standing(c, ledger.confirmations.get(c.uid), now) for c in unsaid}


def worth(book: Rulebook) -> Text:
    """What a confirmation is good for under this rulebook, in a sentence."""
    material = book.confirming
    return WORTH[material.confirmed_online] if material and material.confirmed_online else Text("", "")


def _key(contract: Contract, one: Confirmation | None, now: datetime) -> str:
    if one is None:
        return UNASKED
    if one.state == S.WITHDRAWN:
        return S.WITHDRAWN
    if one.said != said(contract):
        return OUTDATED
    return S.EXPIRED if has_expired(one, now) else one.state
