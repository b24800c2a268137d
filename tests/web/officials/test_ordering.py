"""Order, trial and many decisions at once, as pages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.ground import make_ground
from tests.reviews.crowd import crowd
from tests.reviews.office import Office
from tests.web.officials.counting import queries as counted

from xingyun.audit.models import Entry
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Bulk, BulkRow, Decision, LookUp, RankingBasis, Shift
from xingyun.reviews.states import Outcome
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db
HOME = "licheng"


@pytest.fixture
def ground(db, now):
    """Three places to decide and one to recommend in HOME."""
    return make_ground(now, rosters={HOME: 100})


@pytest.fixture
def office(ground, now):
    return Office(ground, HOME, now)


def order(kind="decide", level="star-3", name="ranking"):
    return reverse(name, args=[HOME, kind, level])


def text(answer, status=200):
    page = answer.content.decode()
    assert answer.status_code == status, re.sub(r"<[^>]+>", " ", page)[:1500]
    return re.sub(r"\s+", " ", page.split("<main", 1)[-1])


def boxes(applications, level="star-3", kind="decide"):
    return [f"{a.pk}:{level}:{kind}" for a in applications]


def written():
    """Everything that a decision would leave behind."""
    used = list(QuotaLine.objects.order_by("pk").values_list("pk", "used"))
    return Decision.objects.count(), Bulk.objects.count(), Shift.objects.count(), Entry.objects.count(), used


def test_the_line_runs_through_the_list(officer, ground):
    crowd(ground, HOME, 5)
    page = text(officer.get(order()))
    assert "5 家排 3 个名额" in page
    above, below = page.split('class="cut"')
    assert above.count("data-row href") == 3
    assert below.count("data-row href") == 2
    assert "100 × 3% = 3" in below


def test_a_trial_shows_the_places_and_writes_nothing(officer, ground):
    files = crowd(ground, HOME, 5)
    crowd(ground, HOME, 1, level="star-4")
    before = written()
    page = text(officer.post(order(name="ranking_try"), {"row": boxes(files[:2])}))
    assert "试排：选的 2 项都放得下" in page
    assert "没有写入任何决定" in page
    assert "剩 1 个" in page
    assert page.count("试排：同意") == 2
    assert page.count(" checked") == 2
    page = text(officer.post(order(name="ranking_try"), {"row": boxes(files)}))
    assert "5 项里 2 项放不下" in page
    assert page.count("名额已满") == 2
    assert written() == before


def test_ticks_of_other_levels_are_kept_and_count(officer, office, ground):
    four = crowd(ground, HOME, 2, level="star-4")
    picked = [*boxes(four[:1]), *boxes(four, "star-4", "recommend")]
    before = written()
    page = text(officer.post(order("recommend", "star-4", "ranking_try"), {"row": picked}))
    assert "3 项里 1 项放不下" in page, "no three stars, no four"
    assert f'type="hidden" name="row" value="{boxes(four)[0]}"' in page
    assert "请先就“三星级”作出决定" in page
    back = text(officer.post(order(name="ranking_try"), {"row": picked}))
    assert f'value="{boxes(four)[0]}" checked' in back
    assert written() == before


def test_readers_and_auditors_may_try_but_not_move_or_prepare(sign_in, auditor, ground, stranger, applicant):
    files = crowd(ground, HOME, 2)
    reader = sign_in(HOME, "reader")
    for client in (reader, auditor):
        page = text(client.post(order(name="ranking_try"), {"row": boxes(files)}))
        assert "核对，准备成批拟定" not in page
        assert client.post(reverse("bulk_check"), {"row": boxes(files), "office": HOME}).status_code == 404
    for client in (stranger, applicant):
        assert client.post(order(name="ranking_try"), {"row": boxes(files)}).status_code == 404
        assert client.post(order(name="ranking_shift"), {}).status_code == 404


def test_a_row_is_moved_with_a_reason_and_what_was_typed_is_kept(officer, ground):
    a, b, _c = crowd(ground, HOME, 3)
    form = text(officer.get(f"{order()}?move={a.pk}"))
    assert "现在第 3 位" in form
    given = {"application": a.pk, "was": "3", "position": "1", "seen": "0", "reason": " "}
    page = text(officer.post(order(name="ranking_shift"), given), 422)
    assert 'value="1"' in page
    assert officer.post(order(name="ranking_shift"), {**given, "reason": "带动上下游"}).status_code == 302
    page = text(officer.get(order()))
    assert "由第 3 位调到第 1 位：带动上下游" in page
    assert page.index(a.number) < page.index(b.number)
    late = {**given, "application": b.pk, "was": "3", "reason": "另一个标签页"}
    page = text(officer.post(order(name="ranking_shift"), late), 409)
    assert "另一个标签页" in page


def test_many_are_checked_first_and_then_prepared_row_by_row(officer, office):
    good = [office.accepted("star-3") for _n in range(2)]
    bare = office.accepted("star-3")
    decided = office.accepted("star-3")
    office.prepare(decided, "star-3", "decide", Outcome.NO_PLACE)
    LookUp.objects.filter(application=bare.application).delete()
    picked = boxes([m.application for m in (*good, bare, decided)])
    before = written()
    page = text(officer.post(reverse("bulk_check"), {"office": HOME, "row": picked}))
    assert "2 项可以拟定，2 项不能" in page
    assert "还没有核查登记" in page
    assert "已经有决定" in page
    assert page.count('name="row"') == 4
    assert page.count('checked><span class="unseen">') == 2
    assert written() == before
    answer = officer.post(
        reverse("bulk_prepare"), {"office": HOME, "row": picked, "listed": picked, "outcome": "granted"}
    )
    page = text(officer.get(answer["Location"]))
    assert "2 项已拟定，2 项没有办成" in page
    assert "还没有核查登记" in page
    assert Decision.objects.filter(outcome="granted").count() == 2
    again = text(officer.post(reverse("bulk_check"), {"office": HOME, "row": picked[2:3]}))
    assert "0 项可以拟定，1 项不能" in again


def test_what_was_ticked_and_typed_is_kept_when_it_is_refused(officer, ground):
    files = crowd(ground, HOME, 3)
    every = boxes(files)
    given = {"office": HOME, "row": every[:2], "listed": every, "outcome": "no_place", "reason": "  "}
    page = text(officer.post(reverse("bulk_prepare"), given), 422)
    assert "须写明理由" in page
    assert page.count('name="row"') == 3
    assert page.count('checked><span class="unseen">') == 2
    assert 'value="no_place" checked' in page
    page = text(officer.post(reverse("bulk_prepare"), {**given, "row": [], "reason": "名额所限"}), 422)
    assert "请先勾选" in page
    assert "名额所限</textarea>" in page
    assert not Bulk.objects.exists()
    answer = officer.post(reverse("bulk_prepare"), {**given, "reason": "名额所限"})
    assert answer.status_code == 302
    assert Decision.objects.filter(outcome="no_place", reason="名额所限").count() == 2
    assert "2 项都已拟定" in text(officer.get(answer["Location"]))


def test_checked_again_every_row_stays_and_ticks_are_kept(officer, ground):
    files = crowd(ground, HOME, 3)
    every = boxes(files)
    given = {"office": HOME, "listed": every, "outcome": "no_place", "reason": "名额所限"}
    page = text(officer.post(reverse("bulk_check"), {**given, "row": every[:1]}))
    assert page.count('name="row"') == 3
    assert page.count('checked><span class="unseen">') == 1
    page = text(officer.post(reverse("bulk_check"), given))
    assert "3 项都可以拟定" in page
    assert page.count('checked><span class="unseen">') == 3


def test_many_that_fail_to_sign_keep_what_was_chosen(sign_in, office):
    decision = office.prepare(office.accepted("star-3"), "star-3", "decide")
    late = office.prepare(office.accepted("star-3"), "star-3", "decide")
    signatory = sign_in(HOME, "signatory")

    for one in (decision, late):
        actions.review(decision=one, actor=office.actor(Role.REVIEWER), now=office.now)
    given = {"decision": [decision.pk, late.pk]}
    page = text(signatory.post(reverse("decisions_sign"), given), 422)
    assert page.count('name="decision"') == 2
    assert page.count(" checked") == 2
    answer = signatory.post(reverse("decisions_sign"), {**given, "minutes": office.minutes.pk})
    assert answer.status_code == 302
    assert office.minutes.number in text(signatory.get(reverse("decide", args=[decision.application.uid])))


def test_hundreds_are_a_job_with_progress(officer, ground, work, stranger, auditor):
    files = crowd(ground, HOME, 60)
    given = {"office": HOME, "row": boxes(files), "outcome": "declined", "reason": "上云范围不足"}
    where = officer.post(reverse("bulk_prepare"), given)["Location"]
    page = text(officer.get(where))
    assert "data-job" in page
    assert "正在拟定 60 项" in page
    assert not Decision.objects.exists()
    work()
    assert "60 项都已拟定" in text(officer.get(where))
    assert Decision.objects.count() == 60
    assert stranger.get(where).status_code == 404
    assert text(auditor.get(where))
    assert officer.post(f"{where}resume/").status_code == 409
    assert "60 项，未通过" in text(officer.get(order()))


def test_only_preparers_of_the_office_prepare_many(sign_in, stranger, applicant, auditor, ground):
    files = crowd(ground, HOME, 2)
    given = {"office": HOME, "row": boxes(files), "outcome": "declined", "reason": "不足"}
    for client in (sign_in(HOME, "reviewer"), stranger, applicant, auditor, sign_in(HOME, "countersigner")):
        for name in ("bulk_prepare", "bulk_check"):
            assert client.post(reverse(name), given).status_code == 404
    mine = {**given, "office": "lixia"}
    assert "还没有勾选企业" in text(stranger.post(reverse("bulk_check"), mine))
    assert stranger.post(reverse("bulk_prepare"), mine).status_code == 422, "not that office's applications"
    assert not BulkRow.objects.exists()


def test_as_many_queries_for_many_as_for_few(officer, ground):
    def cost(files):
        picked = boxes(files)
        asked = []
        for name in (order(name="ranking_try"), reverse("bulk_check")):
            with CaptureQueriesContext(connection) as seen:
                officer.post(name, {"office": HOME, "row": picked})
            asked.append(len(seen))
        return [*asked, counted(officer, order())]

    few = crowd(ground, HOME, 10)
    cost(few)
    first = cost(few)
    assert cost([*few, *crowd(ground, HOME, 200)]) == first
    assert max(first) <= 28, first


def test_a_district_publishes_its_order_before_the_window_opens(
    officer, ground, now, stranger, auditor, client
):
    where = reverse("ranking_basis", args=[ground.round.uid, HOME])
    assert "不能再改" in text(officer.get(where))
    assert officer.post(where, {"first": "spend"}).status_code == 422
    for other in (stranger, auditor):
        assert other.get(where).status_code == 404
        assert other.post(where, {"first": "spend"}).status_code == 404
    assert not RankingBasis.objects.exists()
    early = make_early(ground, now)
    where = reverse("ranking_basis", args=[early.uid, HOME])
    assert where in text(officer.get(reverse("round", args=[early.uid])))
    page = text(officer.post(where, {"first": "", "second": "", "words": "按支出排"}), 422)
    assert "按支出排</textarea>" in page
    given = {"first": "spend", "second": "submitted_at", "words": "以台账计入的为准", "seen": ""}
    assert officer.post(where, given).status_code == 302
    assert text(officer.post(where, {**given, "reason": "晚一步"}), 409)
    seen = RankingBasis.objects.get().pk
    change = {**given, "first": "domains_proved", "seen": seen}
    assert "要写明理由" in text(officer.post(where, change), 422)
    assert officer.post(where, {**change, "reason": "班子会重新研究"}).status_code == 302
    rounds.close_round(round=ground.round, actor=ground.actor("city"), now=now)
    rounds.open_round(round=early, actor=ground.actor("city"), now=now)
    page = text(client.get(reverse("timeline")))
    for said in ("有证明的域、提交先后", "以台账计入的为准", "班子会重新研究", "曾公布", "10月12日 09:00"):
        assert said in page


def make_early(ground, now):
    """A second round of which the district's window opens later."""
    actor = ground.actor("city")
    made = rounds.plan_round(
        edition=ground.round.edition,
        year=ground.round.year,
        authority=ground.round.authority,
        actor=actor,
        now=now,
    )
    rounds.set_window(
        round=made,
        authority=None,
        stage=ground.book.windows[0].key,
        opens=now + timedelta(days=2),
        closes=now + timedelta(days=9),
        set_by_id=actor.person,
        actor=actor,
        now=now,
    )
    return made
