"""Printed checklists, followed to the pages that they name, in a sample of the books that were handed in."""

import random
from collections import defaultdict
from pathlib import Path

import pypdfium2
from tests.factories.mixed_papers import printed
from tests.journeys.house import House
from tests.rehearsal.enterprises import Enterprise
from tests.rehearsal.session import Fault

from xingyun.rulebook import Rulebook

SAMPLE = 20
SEED = 1109


def follow(house: House, book: Rulebook, enterprises: list[Enterprise], sample: int = SAMPLE) -> int:
    """Each number beside a claimed domain leads to a page of the file that proves it; how many there were."""
    handed_in = [one for one in enterprises if one.version]
    chosen = random.Random(SEED).sample(handed_in, min(sample, len(handed_in)))
    return sum(_followed(house, book, one) for one in chosen)


def _followed(house: House, book: Rulebook, one: Enterprise) -> int:
    ((sha256,),) = house.sql(
        "SELECT f.sha256 FROM applications_submission s"
        " JOIN applications_booklet b ON b.id = s.booklet_id JOIN files_file f ON f.id = b.file_id"
        " JOIN applications_application a ON a.id = s.application_id"
        f" WHERE replace(CAST(a.uid AS text), '-', '') = '{one.uid}' AND s.version = {one.version}"
    )
    claims: dict[str, set[str]] = defaultdict(set)
    for domain, name in house.sql(
        "SELECT c.domain, t.name FROM applications_claimpage p JOIN applications_claim c ON c.id = p.claim_id"
        " JOIN applications_attachment t ON t.id = p.attachment_id"
        " JOIN applications_application a ON a.id = c.application_id"
        f" WHERE replace(CAST(a.uid AS text), '-', '') = '{one.uid}'"
    ):
        claims[domain].add(f"{Path(name).stem.upper()}-{one.n}-{one.who.uscc}")
    path = house.data / "files" / sha256[:2] / sha256[2:4] / sha256
    labels = {domain.key: domain.label for domain in book.domains if domain.key in claims}
    count = 0
    with pypdfium2.PdfDocument(path) as bound:
        pages = [bound.get_page_label(index) for index in range(len(bound))]
        for domain, numbers in printed(bound, labels).items():
            said = {n: bound[pages.index(str(n))].get_textpage().get_text_range() for n in numbers}
            lost = [word for word in claims[domain] if not any(word in text for text in said.values())]
            if lost or len(numbers) != len(claims[domain]):
                raise Fault(f"{one.name}: the checklist sends {domain} to {numbers}, where {lost} is not")
            count += len(numbers)
    return count
