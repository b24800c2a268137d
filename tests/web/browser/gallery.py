"""A page with every kind of field, and a server side that keeps answers in a dictionary."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from xingyun.config.urls import *  # noqa: F403  # the error pages of the product
from xingyun.config.urls import urlpatterns as ours
from xingyun.web.fields import Choice, Shown

TEMPLATE = (Path(__file__).parent / "gallery.html").read_text("utf-8")

KINDS = (
    "short_text",
    "long_text",
    "uscc",
    "money",
    "integer",
    "percent",
    "phone",
    "email",
    "date",
    "month",
    "organisations",
)


@dataclass
class Store:
    """What the server has, and how it is to answer."""

    answers: dict[str, str] = field(default_factory=dict)
    attached: list[str] = field(default_factory=list)
    status: int = 200
    job: int = 0
    saves: int = 0


STORE = Store()


def digest(raw: str) -> str:
    """The digest of a value."""
    return hashlib.sha256(raw.encode()).hexdigest()[:16]


def shown() -> list[Shown]:
    """Every kind once."""
    raw = STORE.answers
    made = [
        Shown(
            key=kind,
            kind=kind,
            label=kind,
            value=raw.get(kind, ""),
            digest=digest(raw.get(kind, "")),
            hint="a hint",
            clauses=("二、1",),
            max_chars=20 if kind == "long_text" else None,
            unit="万元" if kind == "money" else "",
        )
        for kind in KINDS
    ]
    stars = (Choice("a", "A", "note", rank=3), Choice("b", "B", rank=4))
    made.append(
        Shown(
            key="choice",
            kind="choice",
            label="choice",
            choices=stars,
            value=raw.get("choice", ""),
            digest=digest(raw.get("choice", "")),
        )
    )
    made.append(
        Shown(
            key="multi",
            kind="multi_choice",
            label="multi",
            choices=stars,
            value=raw.get("multi", ""),
            digest=digest(raw.get("multi", "")),
        )
    )
    made.append(
        Shown(
            key="industry",
            kind="industry",
            label="industry",
            value=raw.get("industry", ""),
            digest=digest(raw.get("industry", "")),
        )
    )
    return made


def gallery(request: HttpRequest) -> HttpResponse:
    """The page; a POST is the plain form."""
    if request.method == "POST":
        STORE.answers |= {kind: request.POST.get(kind, "") for kind in KINDS}
    template = engines.all()[0].from_string(TEMPLATE)
    context = {"fields": shown(), "attached": STORE.attached, "working": STORE.job}
    return HttpResponse(template.render(context, request))


def save(request: HttpRequest) -> JsonResponse:
    """One field, with the digest of the value that was seen."""
    STORE.saves += 1
    if STORE.status != 200:
        return JsonResponse({"message": "no", "login": "/accounts/login/"}, status=STORE.status)
    told = json.loads(request.body)
    key, raw = told["field"], told["raw"]
    stored = STORE.answers.get(key, "")
    if told["seen"] != digest(stored) and raw != stored:
        return JsonResponse({"mine": raw, "theirs": stored, "digest": digest(stored)}, status=409)
    STORE.answers[key] = raw
    error = "月份只到 12。" if raw == "2020-13" else ""
    return JsonResponse({"saved_at": "09:41", "digest": digest(raw), "error": error, "missing": ""})


def attach(request: HttpRequest) -> JsonResponse:
    """Take an upload, or say why not."""
    if request.POST["slot"] != "licence" or "bad" in STORE.answers:
        return JsonResponse({"message": "这个文件设了打开密码。"}, status=422)
    STORE.attached.append(request.POST["upload"])
    return JsonResponse({"message": "收好了"})


def work(request: HttpRequest) -> JsonResponse:
    """A job that ends at the third question."""
    STORE.job += 1
    if STORE.job > 3:
        STORE.job = 0
        return JsonResponse({"ended": True, "progress": 3, "total": 3, "message": "done"})
    return JsonResponse({"ended": False, "progress": STORE.job, "total": 3, "message": f"step {STORE.job}"})


urlpatterns = [
    *ours,
    path("t/gallery", gallery),
    path("t/save", save),
    path("t/attach", attach),
    path("t/job", work),
]
