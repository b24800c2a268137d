"""Whoever may have the PDF may have it as Word and Excel; whoever may not, may not. By the same doors."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.results.conftest import evaluate
from tests.reviews.office import Office
from tests.web.enterprise.parties import signed_in

from xingyun.papers.models import Paper
from xingyun.registry.states import Role
from xingyun.results import actions
from xingyun.reviews.models import Report

pytestmark = pytest.mark.django_db
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_papers_are_offered_in_every_format_to_those_who_may_read_them(db, now, settings):
    """One world: a list on public notice, announced in the end."""
    found = evaluate(now)
    notice, report = found.publish(), Report.objects.get()
    officer, city = signed_in(found.district.actor()), signed_in(found.city.actor())
    finance = signed_in(found.district.actor(Role.COUNTERSIGNER))
    stranger, nobody = signed_in(Office(found.ground, "lixia", now).actor()), Client()

    page = officer.get(reverse("report", args=[report.uid])).content.decode()
    for which, forms in {
        "paper": ("", "word"),
        "table": ("", "word", "excel"),
        "decision": ("", "word"),
        "letter": ("", "word"),
    }.items():
        address = reverse("report_paper", args=[report.uid, which])
        for form in forms:
            asked = f"{address}?as={form}" if form else address
            assert asked in page
            answer = officer.get(asked)
            kind = {"": "application/pdf", "word": WORD, "excel": EXCEL}[form]
            assert (answer.status_code, answer["Content-Type"]) == (200, kind)
            said = answer["Content-Disposition"]
            assert said.startswith("attachment" if form else "inline")
            assert {"": ".pdf", "word": ".docx", "excel": ".xlsx"}[form] in said
            assert city.get(asked).status_code == finance.get(asked).status_code == 200
            assert stranger.get(asked).status_code == 404
            assert nobody.get(asked).status_code == 302
        for form in {"word", "excel", "odt"} - set(forms):
            assert officer.get(f"{address}?as={form}").status_code == 404

    office_notice = reverse("office_notice_paper", args=[notice.uid, "notice"])
    public_notice = reverse("public_notice_paper", kwargs={"uid": notice.uid})
    assert (
        f"{office_notice}?as=word" in city.get(reverse("office_notice", args=[notice.uid])).content.decode()
    )
    assert (
        f"{public_notice}?as=word"
        in nobody.get(reverse("public_notice", kwargs={"uid": notice.uid})).content.decode()
    )
    assert city.get(f"{office_notice}?as=word")["Content-Type"] == WORD
    assert nobody.get(f"{office_notice}?as=word").status_code == 302
    assert officer.get(f"{office_notice}?as=word").status_code == 404
    assert nobody.get(f"{public_notice}?as=word")["Content-Type"] == WORD
    assert nobody.get(f"{public_notice}?as=excel").status_code == 404
    made = actions.announce(notice=notice, actor=found.city.actor(), now=notice.closes)
    announced = reverse("announcement", kwargs={"uid": made.uid})
    assert nobody.get(f"{announced}?as=word")["Content-Type"] == WORD

    # What was issued before there was Word is offered as it is.
    Paper.objects.filter(pk=report.paper_id).update(word=None)
    page = officer.get(reverse("report", args=[report.uid])).content.decode()
    address = reverse("report_paper", args=[report.uid, "paper"])
    assert address in page
    assert f"{address}?as=word" not in page
    assert officer.get(f"{address}?as=word").status_code == 404
