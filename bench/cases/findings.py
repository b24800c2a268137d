"""Checking one application among 100,000 invoices, 200,000 pages and 20,000 long texts of others."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Model

from bench.measure import Row, measure
from xingyun.applications.models import Application
from xingyun.applications.queries.subject import subject
from xingyun.clock import now
from xingyun.documents.page_looks import bands
from xingyun.evidence import actions as evidence
from xingyun.evidence.checks import Held, Subject, by_key, run_all
from xingyun.evidence.checks.copied_text.minhash import bands as text_bands
from xingyun.evidence.checks.copied_text.minhash import signature
from xingyun.evidence.models import Dossier, Invoice, PageLook, TextBand, TextPrint
from xingyun.files.models import File

INVOICES, PAGES, TEXTS = 100_000, 200_000, 20_000
PAGES_A_FILE, NEW_PAGES = 100, 10
SIGNS = "云数据系统生产质量仓储财务采购设备接入平台订单客户交付协同安全备份成本效率业务应用管理服务模型分析"


def rows() -> list[Row]:
    """A new file of ten pages, and everything at once."""
    dice = random.Random(2020)
    application = Application.objects.filter(submitted_at__isnull=False).latest("id")
    others = list(Dossier.objects.exclude(enterprise=application.enterprise_id))
    _invoices(dice, others)
    _pages(dice)
    texts = _texts(dice, others)
    told = {"one": texts[7], "two": texts[9][:200] + texts[11][:200]}
    evidence.keep_prints(dossier=application.dossier, texts=told)
    full = _with_a_new_file(dice, subject(application, now()))
    note = "100,000 invoices, 200,000 pages, 20,000 texts"
    return [
        measure("a new file of 10 pages, like ones", lambda: _look("look-alike", full), times=20, note=note),
        measure("its invoices, the same elsewhere", lambda: _look("same-invoice", full), times=20),
        measure("long texts, copied ones", lambda: _look("copied-text", full), times=20),
        measure("all checks of an application", lambda: list(run_all(full)), times=20),
    ]


def _look(key: str, told: Subject) -> list[object]:
    return list(by_key[key].look(told))


def _with_a_new_file(dice: random.Random, told: Subject) -> Subject:
    file = _file(-1)
    looks = [_page(dice, file, n) for n in range(1, NEW_PAGES + 1)]
    held = Held(uid=told.dossier.pk, file=file, name="截图.pdf", slot="screenshots")
    return replace(told, files=(*told.files, held), looks={**told.looks, file.pk: looks})


def _keep(model: type[Model], many: Iterator[Any]) -> None:
    while part := list(islice(many, 5_000)):
        model._default_manager.bulk_create(part)


def _invoices(dice: random.Random, others: list[Dossier]) -> None:
    made = now()
    _keep(
        Invoice,
        (
            Invoice(
                dossier=dice.choice(others), code="3700194130", number=f"{n:08d}", issued_on=date(2020, 3, 2),
                net_fen=100, tax_fen=6, gross_fen=106, created_at=made,
            )
            for n in range(INVOICES)
        ),
    )  # fmt: skip


def _file(n: int) -> File:
    return File.objects.create(
        sha256=f"{n + 2:064x}", size=1, kind="application/pdf", pages=PAGES_A_FILE, created_at=now()
    )


def _page(dice: random.Random, file: File, n: int) -> PageLook:
    value = dice.getrandbits(64) - (1 << 63)
    banded = {f"band{at}": band for at, band in enumerate(bands(value))}
    return PageLook(
        file=file, page=n, hash=value, fine=f"{dice.getrandbits(256):064x}", ink=50, red=1, short_side=595,
        picture=False, turned=0, **banded,
    )  # fmt: skip


def _pages(dice: random.Random) -> None:
    files = [_file(n) for n in range(PAGES // PAGES_A_FILE)]
    _keep(PageLook, (_page(dice, file, n) for file in files for n in range(1, PAGES_A_FILE + 1)))


def _texts(dice: random.Random, others: list[Dossier]) -> list[str]:
    texts = ["。".join("".join(dice.choices(SIGNS, k=24)) for _ in range(18)) + "。" for _ in range(TEXTS)]
    signed = [(text, signature(text)) for text in texts]
    _keep(
        TextPrint,
        (
            TextPrint(
                dossier=others[n % len(others)], field=f"bench-{n}", digest="", text=text, signature=numbers
            )
            for n, (text, numbers) in enumerate(signed)
        ),
    )
    kept = TextPrint.objects.filter(field__startswith="bench-").only("pk", "signature")
    _keep(
        TextBand, (TextBand(of=one, key=key) for one in kept.iterator() for key in text_bands(one.signature))
    )
    return texts
