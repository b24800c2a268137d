"""One enterprise on its whole way to the receipt, every step at a browser."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdfium2
from playwright.sync_api import expect
from tests.journeys import papers
from tests.journeys.people import People, Person
from tests.journeys.steps import binding, filling, proving, registering

from xingyun.demo.answers import answers
from xingyun.demo.names import Invented, applicant, provider
from xingyun.rulebook import Rulebook


@dataclass
class Applicant:
    """An invented enterprise, its person, its application's address, its files by slot."""

    book: Rulebook
    who: Invented
    place: str
    username: str
    desk: Path
    me: Person
    application: str = ""
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def seller(self) -> Invented:
        """From whom it buys."""
        return provider(1, "000000")

    def typed(self, level: str) -> Mapping[str, str]:
        """What it writes into the form."""
        enterprise: Any = SimpleNamespace(
            name=self.who.name, address=f"{self.place}工业北路 21 号", uscc=self.who.uscc
        )
        deployments = (self.book.deployments[0].key,)
        return answers(self.book, enterprise, self.who, level=level, deployments=deployments)

    def fill(self, level: str) -> None:
        """The form; one field by autosave, one of them wrong at first."""
        self.application = filling.begin(self.me)
        typed = self.typed(level)
        fields = self.book.form.fields
        phone = next(f for f in fields if f.kind == "phone")
        self.me.page.goto(f"{self.application}form/{phone.section}/")
        filling.says_what_is_wrong(self.me, phone, "12", "电话")
        filling.saves_by_itself(self.me, phone, typed[phone.key])
        self.me.page.goto(f"{self.application}form/{self.book.form.sections[0].key}/")
        filling.fill(self.me, self.book, typed)

    def prove(self, slots: tuple[str, ...], signed: str, issued: str) -> None:
        """Ledger, evidence, answers 无."""
        proving.ledger(self.me, self.book, self.seller, signed=signed, issued=issued)
        for slot in slots:
            self.files[slot] = papers.for_slot(slot, self.who, self.seller, self.desk)
            proving.upload(self.me, self.application, slot, self.files[slot])
        proving.absent(self.me, self.application)

    def bind(self, proofs: Mapping[str, tuple[str, int]]) -> None:
        """Claim domains (label → slot and page), bind, compare every page number, stamp, scan."""
        for label, (slot, page) in proofs.items():
            proving.claim(self.me, self.application, label, self.files[slot].name, page)
        booklet = binding.make(self.me, self.application, self.desk / "book.pdf")
        shown = binding.checklist_pages(self.me, self.application, list(proofs))
        self._compare(booklet, proofs, shown)
        binding.scan(self.me, self.application, self.who.name, booklet, self.desk)

    def _compare(
        self, booklet: Path, proofs: Mapping[str, tuple[str, int]], shown: Mapping[str, list[int]]
    ) -> None:
        pages = binding.by_number(booklet)
        binding.numbered(pages)
        for label, (slot, page) in proofs.items():
            (number,) = shown[label]
            assert any(f"{label} √ {number}" in text for text in pages.values()), (
                f"{label} is not printed with {number}"
            )
            source = self.files[slot]
            if source.suffix == ".pdf":
                wanted = binding.texts(source)[page - 1].split("\r\n")
                lost = [line for line in wanted if line.strip() and line.strip() not in pages[number]]
                assert not lost, f"page {number} is not {source.name} page {page}: {lost}"
            else:
                assert _pictured(booklet, list(pages).index(number) + 1), f"page {number} shows no picture"

    def submit(self) -> str:
        """Hand in; the application's number."""
        return binding.submit(self.me, self.application)


def _pictured(pdf: Path, page: int) -> bool:
    document = pypdfium2.PdfDocument(pdf)
    try:
        kinds = [o.type for o in document[page - 1].get_objects()]
        return pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds
    finally:
        document.close()


def register(
    people: People, book: Rulebook, n: int, *, office: str, place: str, division: str, desk: Path
) -> Applicant:
    """The n-th invented enterprise registers with an office and is activated by it."""
    who = applicant(n, "", division)
    username = f"yunqi{n}"
    registering.register(people.visitor(), who, place, username, desk)
    waiting = people.as_(username)
    expect(waiting.page.get_by_text("等待激活").first).to_be_visible()
    waiting.look("enterprise-waiting")
    registering.activate(people, office, who)
    return Applicant(book, who, place, username, desk, waiting)
