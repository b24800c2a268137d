# ruff: noqa: ARG001  # each kind takes what all of them are given
"""Frauds to plant: fifteen kinds, each in four guises, on drafts that are honest otherwise."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pikepdf
from PIL import Image, ImageEnhance, ImageOps

from bench.forging.drafts import Bill, Draft, invoice, prose, provider
from bench.forging.papers import Paper, grey_scan, pixels, screenshot, stamp

GUISES = 4
Plant = Callable[[Draft, Draft, int, random.Random], None]


def plant(drafts: list[Draft], seed: int, each: int = GUISES) -> None:
    """Plant `each` of every kind, each on a draft of its own with an honest partner."""
    dice = random.Random(seed)
    hosts = iter(dice.sample(range(len(drafts)), 2 * each * len(KINDS)))
    for kind, (expected, act) in KINDS.items():
        for guise in range(each):
            one, partner = drafts[next(hosts)], drafts[next(hosts)]
            one.planted, one.expected = kind, frozenset(expected)
            # What two have in common is found on both.
            if kind in SHARED:
                partner.planted = f"{kind} (the other)"
            act(one, partner, guise % GUISES, dice)


def _total(one: Draft) -> None:
    """Contract and audit follow the invoices, so that nothing else is odd."""
    spent = sum(bill.facts.gross_fen for bill in one.bills)
    one.amount_fen = max(one.amount_fen, spent)
    one.audited_fen = one.reported_fen = spent


def _older(one: Draft, dice: random.Random) -> Bill:
    """An invoice of the kind with a code."""
    facts = invoice(dice, one.own, one.seller, one.signed)
    while facts.digital:
        facts = invoice(dice, one.own, one.seller, one.signed)
    bill = Bill(facts)
    one.bills.append(bill)
    return bill


def twice(one: Draft, _partner: Draft, guise: int, dice: random.Random) -> None:
    """The same invoice entered again: as it is, with blanks, without its code, with another code."""
    first = _older(one, dice)
    typed = (
        {},
        {"number": f"{first.facts.number[:4]} {first.facts.number[4:]}"},
        {"code": ""},
        {"code": "037002000911"},
    )
    one.bills.append(Bill(first.facts, dict(typed[guise]), file=False))
    _total(one)


def by_two(one: Draft, partner: Draft, guise: int, dice: random.Random) -> None:
    """An invoice of the partner's: its own again, scanned, without its code, with another code."""
    bill = _older(partner, dice)
    _total(partner)
    mine = replace(bill.facts, buyer=one.own.name, buyer_tax_id=one.own.uscc)
    one.seller = partner.seller
    one.bills = [Bill(mine, {2: {"code": ""}, 3: {"code": "037002000911"}}.get(guise, {}))]
    one.signed = min(one.signed, date.fromisoformat(mine.issued_on) - timedelta(days=2))
    one.amount_fen = 0
    _total(one)
    if guise == 1:
        one.papers["changes"] = [_scanned("invoices")]


def in_earlier_round(one: Draft, _partner: Draft, guise: int, dice: random.Random) -> None:
    """An invoice that the same enterprise had in an earlier round, as it was or typed otherwise."""
    bill = _older(one, dice)
    _total(one)
    one.earlier = [Bill(bill.facts, {2: {"code": ""}, 3: {"code": "037002000911"}}.get(guise, {}))]


def same_file(one: Draft, partner: Draft, guise: int, _dice: random.Random) -> None:
    """A file of the partner's, to the byte, under another name, in this slot or another."""
    slot = ("screenshots", "screenshots", "contracts", "screenshots")[guise]
    to = ("screenshots", "other", "contracts", "screenshots")[guise]
    one.papers["changes"] = [_from_partner(partner, slot, to, "使用情况.png")]


def look_alike(one: Draft, partner: Draft, guise: int, _dice: random.Random) -> None:
    """The partner's screenshot as JPEG, smaller, brighter, or with another seal on it."""

    def change(made: list[Paper], folder: Path, fonts: tuple[Path, ...]) -> list[Paper]:
        source = screenshot(partner, folder / f"{one.n}-of-{partner.n}.png", fonts, seal=guise != 3)
        with Image.open(source) as shown:
            image = shown.convert("RGB")
        out = folder / f"{one.n}-alike.jpg"
        if guise == 1:
            image = image.resize((image.width * 4 // 5, image.height * 4 // 5), Image.Resampling.LANCZOS)
        if guise == 2:
            image = ImageEnhance.Brightness(image).enhance(1.12)
        image.save(out, quality=45)
        if guise == 3:
            stamp(out, random.Random(one.n))
        return [*made, Paper("screenshots", "系统截图.jpg", out)]

    one.papers["changes"] = [change]


def copied(one: Draft, partner: Draft, guise: int, dice: random.Random) -> None:
    """The partner's words: as they are, in another order, with small changes, two sentences of one's own."""
    parts = [part for part in partner.text.split("。") if part]
    if guise == 1:
        dice.shuffle(parts)
    if guise == 2:
        parts = [
            part.replace("系统", "平台").replace("我们", "本公司").replace("，由", "，共由") for part in parts
        ]
    if guise == 3:
        parts = parts[:-2] + [part for part in prose(dice).split("。") if part][:2]
    one.text = "。".join(parts) + "。"


def buyer(one: Draft, partner: Draft, guise: int, _dice: random.Random) -> None:
    """The invoice names another enterprise, a branch, a person; the own name with another code."""
    name, code = (
        (partner.own.name, partner.own.uscc),
        (f"{one.own.name}章丘分公司", one.own.uscc),
        ("林某", ""),
        (one.own.name, partner.own.uscc),
    )[guise]
    bill = one.bills[0]
    bill.facts = replace(bill.facts, buyer=name, buyer_tax_id=code)


def seller(one: Draft, _partner: Draft, guise: int, _dice: random.Random) -> None:
    """Issued by another than the contract's provider: on paper only, typed too, a branch, a namesake."""
    stranger = provider(90 + one.n % 7)
    name = (stranger.name, stranger.name, f"{one.seller.name}天桥分公司", "济南" + one.seller.name)[guise]
    bill = one.bills[0]
    bill.facts = replace(bill.facts, seller=name, seller_tax_id=stranger.uscc)
    if guise == 1:
        bill.typed["seller"] = name


def outside(one: Draft, _partner: Draft, guise: int, _dice: random.Random) -> None:
    """Before the window: the last day, the year before, older than the contract, typed into the window."""
    bill = one.bills[0]
    day = ("2019-12-31", "2018-06-03", (one.signed - timedelta(days=1)).isoformat(), "2019-12-20")[guise]
    bill.facts = replace(bill.facts, issued_on=day)
    if guise == 3:
        bill.typed["issued_on"] = one.signed + timedelta(days=3)
    if guise < 2:
        one.signed = date.fromisoformat(day) - timedelta(days=3)
        one.audited_fen = one.reported_fen = sum(b.facts.gross_fen for b in one.bills[1:])


def beyond(one: Draft, _partner: Draft, guise: int, _dice: random.Random) -> None:
    """The invoices come to more than the contract: by a fen, a little, a tenth, half."""
    spent = sum(bill.facts.gross_fen for bill in one.bills)
    one.amount_fen = spent - (1, spent // 500, spent // 10, spent // 2)[guise]


def audit(one: Draft, _partner: Draft, guise: int, _dice: random.Random) -> None:
    """Another total in the ledger, in the report alone, both higher, both lower than the invoices."""
    spent = sum(bill.facts.gross_fen for bill in one.bills)
    more = (spent + spent // 20, spent + spent // 20, spent * 2, spent * 9 // 10)[guise]
    one.reported_fen = more
    if guise != 1:
        one.audited_fen = more


def numbers(one: Draft, partner: Draft, guise: int, dice: random.Random) -> None:
    """A number too long, no code, a code where none belongs, a credit code that can't be."""
    bill = _older(one, dice)
    _total(one)
    if guise == 0:
        bill.typed["number"] = f"{bill.facts.number}7"
    elif guise == 1:
        bill.typed["code"] = ""
    elif guise == 2:
        bill.facts = replace(
            bill.facts, kind="digital_ordinary", number=f"2037{dice.randrange(10**15, 10**16)}", code=""
        )
        bill.typed["code"] = "037002000111"
    else:
        code = one.seller.uscc
        bill.facts = replace(bill.facts, seller_tax_id=code[:-1] + ("0" if code[-1] != "0" else "1"))


def blacklisted(one: Draft, _partner: Draft, guise: int, _dice: random.Random) -> None:
    """The applicant; its provider by code, by name, by its name with other brackets."""
    one.listed = ("enterprise", "code", "name", "brackets")[guise]
    if guise == 0:
        return
    # A provider of its own: its other customers would be named with it, and rightly.
    own = provider(1_000 + one.n)
    one.seller = replace(own, name=f"云州（济南）{own.name[2:]}" if guise == 3 else f"云州{own.name[2:]}")
    one.contract_seller = "" if guise == 1 else one.seller.name
    for bill in one.bills:
        bill.facts = replace(bill.facts, seller=one.seller.name, seller_tax_id=one.seller.uscc)


def unreadable(one: Draft, _partner: Draft, guise: int, _dice: random.Random) -> None:
    """A blank page, one on its head, one on its side, a picture that is far too small."""

    def change(made: list[Paper], folder: Path, _fonts: tuple[Path, ...]) -> list[Paper]:
        paper = next(
            one for one in made if one.slot == ("contracts", "contracts", "spend-audit", "screenshots")[guise]
        )
        if guise == 3:
            with Image.open(paper.path) as image:
                ImageOps.contain(image.convert("RGB"), (300, 300)).save(paper.path)
            return made
        with pikepdf.open(paper.path, allow_overwriting_input=True) as pdf:
            if guise == 0:
                pdf.add_blank_page(page_size=(595, 842))
            for page in pdf.pages if guise else ():
                page.rotate(180 if guise == 1 else 90, relative=True)
            pdf.save(paper.path)
        return made

    one.papers["changes"] = [change]


def unsealed(one: Draft, _partner: Draft, guise: int, _dice: random.Random) -> None:
    """No red on the contract, the audit, the invoices, the screenshot."""
    slot = ("contracts", "spend-audit", "invoices", "screenshots")[guise]

    def change(made: list[Paper], folder: Path, fonts: tuple[Path, ...]) -> list[Paper]:
        paper = next(one for one in made if one.slot == slot)
        if slot == "screenshots":
            out = screenshot(one, folder / f"{one.n}-bare.png", fonts, seal=False)
            with Image.open(out) as image:
                ImageOps.grayscale(image).save(out)
        else:
            out = grey_scan(paper.path, folder / f"{one.n}-grey.pdf", fonts)
        return [replace(paper, path=out) if one_ is paper else one_ for one_ in made]

    one.papers["changes"] = [change]


def _scanned(slot: str) -> Callable[..., list[Paper]]:
    def change(made: list[Paper], folder: Path, _fonts: tuple[Path, ...]) -> list[Paper]:
        paper = next(one for one in made if one.slot == slot)
        out = folder / f"{paper.path.stem}-scan.jpg"
        pixels(paper.path).rotate(1.5, expand=True, fillcolor="white").save(out, quality=60)
        return [replace(one, name="发票.jpg", path=out) if one is paper else one for one in made]

    return change


def _from_partner(partner: Draft, slot: str, to: str, name: str) -> Callable[..., list[Paper]]:
    def change(made: list[Paper], folder: Path, fonts: tuple[Path, ...]) -> list[Paper]:
        from bench.forging.papers import papers

        own = folder / "again"
        own.mkdir(exist_ok=True)
        theirs = next(one for one in papers(partner, own, fonts) if one.slot == slot)
        return [*(one for one in made if one.slot != to), Paper(to, name, theirs.path)]

    return change


SHARED = ("one invoice, two applications", "the same file", "a look-alike screenshot", "a copied description")
KINDS: dict[str, tuple[tuple[str, ...], Plant]] = {
    "one invoice twice": (("same-invoice",), twice),
    "one invoice, two applications": (("same-invoice",), by_two),
    "one invoice, an earlier round": (("same-invoice",), in_earlier_round),
    "the same file": (("same-file",), same_file),
    "a look-alike screenshot": (("look-alike",), look_alike),
    "a copied description": (("copied-text",), copied),
    "another buyer": (("buyer",), buyer),
    "another seller": (("seller",), seller),
    "outside the time": (("dates", "against-file"), outside),
    "invoices beyond the contract": (("sums",), beyond),
    "ledger and audit apart": (("sums",), audit),
    "numbers that can't be": (("numbers",), numbers),
    "on the blacklist": (("listed",), blacklisted),
    "pages that can't be read": (("pages",), unreadable),
    "no seal": (("seals",), unsealed),
}
