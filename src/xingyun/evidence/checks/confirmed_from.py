"""A confirmation that came from where it was asked: perhaps the applicant confirmed to itself."""

from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.rulebook import Text

SAME = Text(
    "合同 {contract} 的在线确认和申报企业的请求来自同一网络地址（{network}），请核实是不是“{name}”确认的。",
    "Contract {contract} was confirmed from the network address from which the applicant asked ({network}); "
    "please verify that it was {name} itself.",
)


def look(subject: Subject) -> Iterator[Found]:
    """For officials only, once it was handed in; no query of its own."""
    material = subject.rulebook.confirming
    if subject.others is None or material is None:
        return
    confirmed = subject.ledger.confirmed
    for c in subject.ledger.contracts:
        one = subject.ledger.confirmations.get(c.uid)
        if one and c.uid in confirmed and one.same_network:
            words = SAME.fill(contract=c.number, network=one.answered_from, name=one.provider)
            yield Found(key=(one.uid,), words=words, row=c.uid, clause=material.clause[0], across=True)


CHECK = Check("confirmed-from", Text("在线确认的来处", "Where it was confirmed from"), look)
