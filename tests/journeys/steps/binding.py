"""The booklet, its stamped scan, the submission."""

import re
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
from playwright.sync_api import expect
from tests.journeys import papers
from tests.journeys.people import Person

MAKING = 60_000  # ms


def make(person: Person, application: str, out: Path) -> Path:
    """Let the running worker make the booklet; the PDF, downloaded."""
    page = person.page
    page.goto(f"{application}booklet/")
    person.press("成册")
    link = page.get_by_role("link", name="下载 PDF")
    expect(link).to_be_visible(timeout=MAKING)
    person.look("booklet")
    return person.download("下载 PDF", out)


def texts(pdf: Path) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def by_number(pdf: Path) -> dict[int, str]:
    """The text of every page by the number that a reader shows for it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        labels = [int(document.get_page_label(index)) for index in range(len(document))]
    finally:
        document.close()
    return dict(zip(labels, texts(pdf), strict=True))


def numbered(pages: Mapping[int, str]) -> None:
    """Every page of the book carries its own number."""
    for n, text in pages.items():
        assert f"第 {n} 页　本节共" in text, f"page {n} does not say so: {text[-120:]}"


def checklist_pages(person: Person, application: str, labels: list[str]) -> Mapping[str, list[int]]:
    """The pages of the book that the checklist names for these domains, as the page shows them."""
    person.page.goto(f"{application}checklist/")
    found = {}
    for label in labels:
        row = (
            person.page.get_by_role("row")
            .filter(has=person.page.get_by_role("switch", name=f"{label}："))
            .first
        )
        found[label] = [int(n) for n in re.findall(r"\d+", row.get_by_role("cell").last.inner_text())]
        assert found[label], f"no page beside {label}"
    person.look("checklist")
    return found


def scan(person: Person, application: str, name: str, booklet: Path, desk: Path) -> None:
    """Print, stamp, scan; first with a page forgotten, which is named, then that page by itself."""
    page = person.page
    whole = papers.stamped(booklet, name, desk / "scan.pdf")
    page.goto(f"{application}booklet/")
    page.locator("input[type=file]").set_input_files(papers.without_page(whole, 2, desk / "short.pdf"))
    expect(page.get_by_text("还缺第 11 页").first).to_be_visible(timeout=MAKING)
    person.look("scan-refused")
    page.locator("input[type=file]").set_input_files(papers.only_page(whole, 2, desk / "rest.pdf"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("请确认", timeout=MAKING)
    page.get_by_role("button", name="采用这").click()
    expect(page.get_by_text("已放进申报书").first).to_be_visible(timeout=MAKING)
    person.look("scan")


def submit(person: Person, application: str) -> str:
    """The last check and the submission; the application's number."""
    page = person.page
    page.goto(f"{application}submit/")
    person.heading("都齐了，可以提交")
    person.look("submit")
    page.get_by_role("checkbox").check()
    page.get_by_role("main").get_by_role("button", name="提交给").click()
    person.heading("已提交")
    person.look("receipt")
    person.at_ease()
    return page.locator("dt:has-text('申报编号') + dd").inner_text()
