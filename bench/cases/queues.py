"""The officials' queue with filters and searches, and their start page, at 1,000 to 50,000 applications.

XINGYUN_BENCH_MILLION=1 asks once more at a million.
"""

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

from bench.cases.pages import page, signed_in
from bench.measure import Row
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.clock import now
from xingyun.evidence.models import Dossier
from xingyun.registry import actions as registry
from xingyun.registry.models import Authority, Enterprise
from xingyun.rounds.models import Round
from xingyun.rulebook import uscc

SIZES = (1_000, 10_000, 50_000, *((1_000_000,) if os.environ.get("XINGYUN_BENCH_MILLION") else ()))
BRANDS, TRADES = "云岫鹤汀泉畔晴川松涛望岳青禾瑞霖" * 9, ("智造", "精工", "软件", "物流", "食品", "新材料")
WHO = ("lixia-jb", "city-jb")
ASKED = {
    "first page": "",
    "a state": "?state=submitted",
    "two characters, rare": "?q=%E9%BE%98%E9%BE%98",
    "two characters, of some": "?q=%E6%B3%89%E7%95%94",
    "two characters, of everybody's": "?q=%E6%9C%89%E9%99%90",
    "initials": "?q=yxzz",
    "a code's beginning": "?q=9137010000",
    "an application's number": "?q=B-00000007",
}


def rows() -> list[Row]:
    """Each page for one district of several and for the office above, at each size."""
    found, made = [], Application.objects.filter(number__startswith="B-").count()
    for size in SIZES:
        grow(made, size)
        made = max(made, size)
        for who in WHO:
            client = signed_in(who)
            found.append(page(f"start page at {size:,}, {who}", client, "/officials/"))
            found += [
                page(f"queue at {size:,}, {who}: {what}", client, f"/officials/applications/{query}")
                for what, query in ASKED.items()
            ]
    return found


def grow(first: int, to: int) -> None:
    """Applications of the newest round, straight into the tables, spread over its offices."""
    round_ = Round.objects.select_related("edition", "authority").latest("id")
    offices = list(Authority.objects.filter(parent=round_.authority))
    dice, at = random.Random(first), now()
    numbers = iter(range(first, to))
    while part := list(islice(numbers, 5_000)):
        firms = kept(Enterprise, (_firm(n, dice.choice(offices), dice, at) for n in part))
        registry.make_findable(enterprises=firms)
        dossiers = kept(Dossier, (Dossier(enterprise=firm, round=round_) for firm in firms))
        kept(
            Application,
            (
                Application(
                    number=f"B-{n:08d}", round=round_, edition=round_.edition, enterprise=firm,
                    authority=firm.authority, holder=round_.authority if n % 3 == 0 else firm.authority,
                    dossier=dossier, state=State.EVALUATING if n % 3 == 0 else State.SUBMITTED,
                    level="star-3", created_at=at, submitted_at=at - timedelta(seconds=dice.randrange(10**6)),
                )
                for n, firm, dossier in zip(part, firms, dossiers, strict=True)
            ),
        )  # fmt: skip
    with connection.cursor() as cursor:
        # What PostgreSQL does by itself in the minutes after.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def kept(model: type[Model], many: Iterator[Any]) -> list[Any]:
    """The rows, written."""
    return model._default_manager.bulk_create(many)


def _firm(n: int, office: Authority, dice: random.Random, at: Any) -> Enterprise:
    brand = "龘龘" if n % 5_000 == 7 else "".join(dice.choices(BRANDS, k=2))
    name, sound = f"{brand}{dice.choice(TRADES)}{n}号有限公司", "yun xiu zhi zao you xian gong si"
    if n % 5_000 != 11:
        sound = f"{dice.choice('abcdefghjklmn')}a {dice.choice('abcdefghjklmn')}i zhi zao you xian gong si"
    return Enterprise(
        uscc=uscc.make(30_000_000 + n, "370100"), name=name, pinyin=sound, authority=office, state="active",
        created_at=at,
    )  # fmt: skip
