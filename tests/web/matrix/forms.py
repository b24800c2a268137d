"""What is sent to each address that takes a form: good enough to get past the form itself, so that a
refusal is one of the person and not of what was typed."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.applications import pdf
from tests.web.matrix.world import ABROAD, HOME, TOP, World, message_of

from xingyun import clock
from xingyun.applications.actions import digest
from xingyun.files.queries import reader
from xingyun.papers.states import KINDS
from xingyun.registry.models import RosterEntry
from xingyun.reviews.models import Minutes
from xingyun.reviews.queries import ranking
from xingyun.rounds.models import Edition
from xingyun.rulebook import uscc

Given = dict[str, Any]
CONTRACT = {
    "number": "QP-9",
    "title": "云服务器",
    "seller": "泉畔云数据服务有限公司",
    "signed_on": "2020-01-06",
    "amount_fen": "100",
    "deployment": "public",
    "says_cloud": "yes",
}
INVOICE = {
    "number": "99840663",
    "issued_on": "2020-01-15",
    "net_fen": "100",
    "tax_fen": "6",
    "gross_fen": "106",
}
PAYMENT = {"number": "20200116001", "paid_on": "2020-01-16", "amount_fen": "106"}
DATES = {"opens_on": "2020-10-11", "closes_on": "2020-10-25", "reason": "停电半天"}
ARRIVAL = {
    "version": "1",
    "pages": "3",
    "copies": "1",
    "seals": ["enterprise"],
    "condition": "whole",
    "brought_by": "王某",
    "shelf": "B 柜 3 层",
    "arrived_on": "2020-10-18",
    "arrived_at": "09:30",
    "remark": "",
    "seen": "",
}
REASON = {"reason": "写明的理由", "clause": "一、1"}
RETURN = {"place": ["form:scope"], "clause": ["附件1"], "text": ["请写清。"], "due": "2020-10-23"}
DECISION = {"level": "star-3", "kind": "decide", "outcome": "granted", "reason": ""}
OBJECTION = {"name": "某单位", "contact": "dwx@example.com", "channel": "online", "text": "不实"}
ACCOUNT = {
    "person": "林某",
    "phone": "13800000000",
    "email": "lin@example.com",
    "username": "fresh-one",
    "password": "a-long-enough-one",
}
WORDING = {**KINDS["refusal"].defaults, "closing": "请补齐材料。", "seen": "1"}
PASSWORDS = {"oldpassword": "x", "password1": "another-long-one", "password2": "another-long-one"}


def scan(pages: int = 1) -> Any:
    """A PDF to send, as a browser would send it."""
    with reader(pdf(f"sent {pages}", pages, clock.now())) as stream:
        return SimpleUploadedFile("scan.pdf", stream.read(), "application/pdf")


def form_of(world: World, route: str) -> Given:
    """The arguments of `client.post` for this route; nothing where it takes no form."""
    return FORMS[route](world) if route in FORMS else {}


def _data(**typed: Any) -> Callable[[World], Given]:
    return lambda _world: {"data": typed}


def _save(world: World) -> Given:
    seen = digest(world.made["draft"].fresh().answers["scope"])
    body = {"field": "scope", "raw": "新写的", "seen": seen}
    return {"data": json.dumps(body), "content_type": "application/json"}


def _amendment(world: World) -> Given:
    after = Edition.objects.exclude(digest=world.ground.book.digest).get()
    given = {"edition": after.digest, "seen": world.ground.book.digest, "scope": "undecided"}
    return {**given, "effective_on": "2020-10-20", "reason": "上级延期"}


def _entry(world: World) -> Given:
    entry = RosterEntry.objects.get(pk=world.subjects["roster-entry"]["pk"])
    return {"seen": entry.seen, **REASON}


def _minutes_pk() -> int:
    return Minutes.objects.get(authority__key=HOME).pk


def _act(world: World) -> str:
    return f"{world.subjects['prepared']['id']}:star-3:decide"


def _place(world: World) -> int:
    """Where the application that was prepared stands in its order."""
    found = ranking(world.ground.authority(HOME), world.ground.round, "star-3", "decide")
    pk = world.subjects["prepared"]["id"]
    return next(row.position for row in found.rows if row.standing.application.pk == pk)


FORMS: dict[str, Callable[[World], Given]] = {
    "enterprise_invite": _data(role="preparer", note="财务"),
    "enterprise_role": _data(role="holder"),
    "join": _data(**ACCOUNT),
    "takeover_answer": _data(answer="由我管理"),
    "takeover_rule": _data(to="kept", ruling="材料不足"),
    "account_login": _data(login="heting-1", password="a-wrong-password"),
    "account_change_password": _data(**PASSWORDS),
    "account_reauthenticate": _data(password="a-wrong-password"),
    "language": _data(language="en"),
    "theme": _data(theme="dark"),
    "object": _data(**OBJECTION),
    "objection": _data(receipt="2222-2222-2222-2222"),
    "register": _data(name="没有执照"),
    "application_new": lambda w: {"data": {"enterprise": str(w.made["awarded"].enterprise.uid)}},
    "enterprise_messages_read": lambda w: {"data": {"message": message_of(w)}},
    "application_save": _save,
    "application_contract_new": _data(**CONTRACT),
    "application_contract": _data(**CONTRACT),
    "application_invoice_new": _data(**INVOICE),
    "application_invoice": _data(**INVOICE),
    "application_audited": _data(fen="106"),
    "application_row_proof": lambda w: {
        "data": {"attachment": str(w.subjects["draft"]["row"]), "first": "2", "last": "2"}
    },
    "application_confirmation": _data(address="cloud@provider.example", services="云服务器"),
    "application_confirmation_again": lambda w: {"data": {"seen": str(w.subjects["confirm"]["asked"])}},
    "application_confirmation_withdraw": lambda w: {"data": {"seen": str(w.subjects["confirm"]["asked"])}},
    "confirm": _data(answer="no", reason="不是我方合同", person="潘某", post="经理", phone="0531-88880001"),
    "application_payment_new": _data(**PAYMENT),
    "application_payment": _data(**PAYMENT),
    "application_attach": lambda _w: {"data": {"material": "screenshots", "file": scan()}},
    "application_absent": _data(material="equipment", absent="yes"),
    "application_file": _data(domain="database", first="1", last="1"),
    "application_file_move": _data(to="down"),
    "application_claim": _data(domain="database", on="yes"),
    "application_proof": lambda w: {
        "data": {"attachment": str(w.subjects["draft"]["row"]), "first": "1", "last": "1"}
    },
    "application_scan": lambda _w: {"data": {"file": scan(3)}},
    "application_submit": _data(sure="yes"),
    "application_withdraw": _data(**REASON),
    "application_withdrawal": lambda _w: {"data": {**REASON, "file": scan()}},
    "case_withdrawal": _data(**REASON, agreed="yes"),
    "application_appeal": _data(text="登记机关在本市"),
    "case_appeal": _data(answer="经核实执照", upheld="yes"),
    "application_reply": _data(reply="已改"),
    "case_check": _data(found="clear", source="信用中国", looked_up_on="2020-10-17", seen=""),
    "case_opinion": lambda _w: {"data": {"file": scan(1)}},
    "case_ruling": _data(how="whole", reason="分摊表无误", seen=""),
    "case_finding": _data(status="justified", reason="两家都是真实业务", seen="open"),
    "case_read": _data(source="book", number="1"),
    "case_note_new": _data(text="请换一页", place="material:licence", clause=""),
    "case_return": _data(**RETURN),
    "case_refuse": _data(**REASON),
    "case_disqualify": _data(**REASON),
    "decision_prepare": _data(**DECISION),
    "decision_revoke": _data(**REASON),
    "decision_sign": lambda _w: {"data": {"minutes": _minutes_pk()}},
    "ranking_shift": lambda w: {
        "data": {
            "application": w.subjects["prepared"]["id"],
            "was": _place(w),
            "position": "9",
            "seen": "0",
            **REASON,
        }
    },
    "ranking_basis": _data(first="spend", seen="", **REASON),
    "bulk_check": lambda w: {"data": {"office": HOME, "row": _act(w), **DECISION}},
    "bulk_prepare": lambda w: {"data": {"office": HOME, "row": _act(w), **DECISION}},
    "decisions_review": lambda w: {"data": {"decision": [w.subjects["prepared"]["pk"]]}},
    "decisions_sign": lambda w: {
        "data": {"decision": [w.subjects["prepared"]["pk"]], "minutes": _minutes_pk()}
    },
    "view_save": _data(list="state=accepted", name="已受理的"),
    "view_rename": _data(name="新名称", seen="0"),
    "view_delete": _data(seen="0"),
    "export_ask": _data(list="all", column=["number", "name"], form="csv"),
    "minutes": lambda _w: {"data": {"number": "纪要 9", "held_on": "2020-10-10", "file": scan()}},
    "report_draft": _data(authority=HOME),
    "report_offline": lambda _w: {
        "data": {"number": "9", "dated_on": "2020-10-12", "signatories": "甲", "scan": scan()}
    },
    "arrival": _data(**ARRIVAL),
    "report_back": _data(**REASON),
    "report_return": _data(**REASON),
    "notice_announce": _data(number="9"),
    "objection_enter": _data(**{**OBJECTION, "channel": "letter"}),
    "objection_decide": _data(outcome="与事实不符", upheld="no"),
    "registration_refuse": _data(**REASON),
    "roster_load_start": _data(head="1", **{"column-1": "name", "column-2": "uscc"}),
    "roster_entry_edit": lambda w: {
        "data": {"name": "泉城一号", "listed_on": "2020-09-30", "provider": "", **_entry(w)}
    },
    "roster_entry_delist": lambda w: {"data": _entry(w)},
    "roster_entry_relist": lambda w: {"data": _entry(w)},
    "roster_claim_rule": _data(to=HOME, **REASON),
    "roster_import": lambda _w: {
        "data": {"lines": f"{uscc.make(5, '370100')}\t泉城五号", "listed_on": "2020-09-30"}
    },
    "blacklist": lambda _w: {
        "data": {
            "rule": "applicant-fraud",
            "uscc": uscc.make(5, "370100"),
            "facts": "x",
            "proof": scan(),
            "due": "2020-10-30",
        }
    },
    "blacklist_state": _data(text="x"),
    "blacklist_decide": _data(listed="no", outcome="x"),
    "blacklist_lift": _data(reason="x"),
    "blacklisted": lambda _w: {"data": {"text": "系开票方错误"}},
    "circular": lambda _w: {
        "data": {"uid": str(uuid4()), "whom": "all", "subject": "提醒", "body": "请及时补正。"}
    },
    "wording": _data(**WORDING),
    "wording_preview": _data(**WORDING),
    "wording_usual": _data(seen="1"),
    "numbers_here": _data(prefix="历工信评", after="0"),
    "case_transfer": _data(to=ABROAD, **REASON),
    "transfer_answer": _data(agreed="yes", answer=""),
    "transfer_rule": _data(to="source", ruling="登记在本区"),
    "seat_add": _data(
        **{"seat-authority": TOP, "seat-role": "reader", "seat-username": f"{TOP}-preparer"},
    ),
    "deputy_name": _data(
        authority=TOP,
        role="reviewer",
        principal="",
        deputy=f"{TOP}-reader",
        first_day="2020-10-18",
        last_day="2020-10-20",
        reason="休假",
    ),
    "outside_check_answers": lambda _w: {
        "data": {
            "file": SimpleUploadedFile("a.csv", f"信用代码,结果\n{uscc.make(5, '370100')},没有".encode()),
            "source": "信用办",
            "answered_on": "2020-10-12",
        }
    },
    "answer_sheet_start": _data(head="1", **{"column-0": "uscc", "column-1": "found"}),
    "roster_release": _data(counted_on="2020-09-30", count="5", source="汇总"),
    "edition_check": lambda _w: {"data": {"files": SimpleUploadedFile("a.toml", b"x = 1")}},
    "edition_release": _data(texts="{}"),
    "round_amend": lambda w: {"data": _amendment(w)},
    "amendment_withdraw": _data(**REASON),
    "case_take_up": _data(**REASON),
    "reporting_extension": _data(scope=HOME, until_on="2020-10-30", until_at="", reason="停电"),
    "round_plan": lambda w: {"data": {"edition": w.ground.round.edition_id, "year": "2021"}},
    "window": _data(**DATES),
    "upload": lambda _w: {"HTTP_TUS_RESUMABLE": "1.0.0"},
    "uploads": lambda _w: {
        "content_type": "application/offset+octet-stream",
        "HTTP_TUS_RESUMABLE": "1.0.0",
        "HTTP_UPLOAD_LENGTH": "10",
    },
}
