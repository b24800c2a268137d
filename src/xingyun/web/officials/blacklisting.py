"""The blacklist: notice, statement, decision, end; for the office that leads the round."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused, allowed
from xingyun.registry.actions import known_provider
from xingyun.registry.actors import OFFICIAL
from xingyun.registry.models import Enterprise, Provider
from xingyun.registry.states import Role
from xingyun.results import actions
from xingyun.results.models import SanctionCase
from xingyun.results.permissions import may_decide_case
from xingyun.results.queries.blacklist import case_of, cases
from xingyun.rounds.models import Programme, Round
from xingyun.rounds.queries import current_rounds, rulebook_of
from xingyun.rulebook import Text, uscc
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.acted import Acted
from xingyun.web.officials.offices import expected, shown
from xingyun.web.officials.paging import by_id_down
from xingyun.web.officials.scans import scan
from xingyun.web.wording import tell

INDEX, PAGE = "officials/blacklist.html", "officials/blacklist_case.html"
READERS = (*OFFICIAL, Role.AUDITOR)
LEAST = 3


class NoticeForm(forms.Form):
    """What is held against whom, with what proof, and until when it may answer."""

    rule = forms.ChoiceField(label=gettext_lazy("依据"))
    uscc = forms.CharField(label=gettext_lazy("统一社会信用代码"), max_length=18)
    name = forms.CharField(
        label=gettext_lazy("云服务商名称"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("只在处理云服务商时写"),
    )
    programmes = forms.MultipleChoiceField(
        label=gettext_lazy("云服务商自己不得申报的项目"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只限它自己申报，不影响它的客户"),
    )
    facts = forms.CharField(
        label=gettext_lazy("事实和依据"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    proof = forms.FileField(
        label=gettext_lazy("证据"), allow_empty_file=True, help_text=gettext_lazy("PDF、JPG 或 PNG")
    )
    due = forms.DateField(
        label=gettext_lazy("陈述申辩到哪天"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: object, round_: Round, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        rules = rulebook_of(round_.edition).sanctions
        self.fields["rule"].choices = [(r.key, tell(r.name)) for r in rules]  # type: ignore[attr-defined]
        names, known = award_names(), Programme.objects.order_by("id")
        choices = [(p.key, names.get(p.key, p.key)) for p in known]
        self.fields["programmes"].choices = choices  # type: ignore[attr-defined]


def award_names() -> dict[str, str]:
    """What the programmes award, in the words of their newest rounds, by their keys (one query)."""
    awards = {one.programme.key: rulebook_of(one.edition).programme for one in current_rounds()}
    return {key: tell(Text(about.award, about.award_en)) for key, about in awards.items()}


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat(*READERS)
def index(request: ActorRequest) -> HttpResponse:
    """The cases; a POST gives notice of another one."""
    about = shown(request)
    round_ = expected(about)
    leads = request.actor.serves(round_.authority_id)
    page = by_id_down(cases(request.actor), request.GET.get("after", ""))
    due = (clock.today() + timedelta(days=7)).isoformat()
    form = NoticeForm(initial={"due": due}, round_=round_) if leads else None
    context = {"about": about, "page": page, "form": form, "now": clock.now()}
    if request.method != "POST":
        return answers.page(request, INDEX, context)
    if not leads:
        raise NotAllowed(_("黑名单由牵头单位办理。"))
    form = NoticeForm(request.POST, request.FILES, round_=round_)
    context["form"] = form
    if not form.is_valid():
        return answers.page(request, INDEX, context, status=422)
    given = form.cleaned_data
    try:
        made = actions.give_notice(
            round=round_,
            authority=round_.authority,
            rule=given["rule"],
            subject=_subject(round_, given["rule"], given["uscc"], given["name"]),
            programmes=given["programmes"],
            facts=given["facts"],
            proof=scan(request, "proof", clock.now()),
            due=datetime.combine(given["due"] + timedelta(days=1), time(0), clock.ZONE),
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, INDEX, context)
    return answers.done(request, _("已告知，等对方陈述申辩。"), "blacklist_case", made.uid)


def _subject(round_: Round, key: str, code: str, name: str) -> Enterprise | Provider:
    """Whom it concerns: an enterprise that is registered, or the provider of this code."""
    code = uscc.normalise(code)
    if wrong := uscc.fault(code):
        raise Refused(wrong.text.say(get_language() or ""), field="uscc")
    rule = next((r for r in rulebook_of(round_.edition).sanctions if r.key == key), None)
    if rule is not None and rule.subject != "applicant":
        if not name.strip():
            raise Refused(_("请写云服务商的名称。"), field="name")
        return known_provider(uscc=code, name=name.strip())
    found = Enterprise.objects.filter(uscc=code).first()
    if found is None:
        raise Refused(_("没有注册过这个代码的企业。"), field="uscc")
    return found


@require_safe
@require_seat(*READERS)
def detail(request: ActorRequest, uid: UUID) -> HttpResponse:
    """One case: what is said on both sides, what was decided, what can be done now."""
    return answers.page(request, PAGE, context_of(request, case_of(request.actor, uid)))


def context_of(request: ActorRequest, case: SanctionCase) -> dict[str, object]:
    """What the page shows."""
    rules = {rule.key: rule for rule in rulebook_of(case.round.edition).sanctions}
    serves = request.actor.serves(case.authority_id)
    names = award_names() if case.programmes else {}
    return {
        "case": case,
        "acted": Acted([f"authority:{case.authority.key}"]),
        "programmes": [names.get(key, key) for key in case.programmes],
        "rule": rules.get(case.rule),
        "now": clock.now(),
        "enters": serves and case.provider_id and not case.stated_at and not case.decided_at,
        "decides": serves and not case.decided_at and (case.stated_at or clock.now() >= case.due),
        "may_decide": allowed(may_decide_case, request.actor, case),
        "lifts": serves and case.sanction_id and not case.lifted_at,
    }


@require_POST
@require_seat(*OFFICIAL)
def state(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Enter what a provider has said."""
    case = case_of(request.actor, uid)
    text = request.POST.get("text", "")
    try:
        file = scan(request, "file", clock.now()) if request.FILES.get("file") else None
        actions.state_defence(case=case, text=text, file=file, actor=request.actor, now=clock.now())
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, case))
    return answers.done(request, _("已登记陈述。"), "blacklist_case", uid)


@require_POST
@require_seat(*OFFICIAL)
def decide(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Put it on the blacklist, or let it be."""
    case = case_of(request.actor, uid)
    said, outcome = request.POST.get("listed", ""), request.POST.get("outcome", "")
    try:
        if said not in ("yes", "no"):
            raise Refused(_("请选择列入或不列入。"), field="listed")
        actions.decide_case(
            case=case, listed=said == "yes", outcome=outcome, actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, case), outcome=outcome)
    told = _("已列入黑名单，立即生效。") if said == "yes" else _("已决定不列入。")
    return answers.done(request, told, "blacklist_case", uid)


@require_POST
@require_seat(*OFFICIAL)
def lift(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take it off before its term."""
    case = case_of(request.actor, uid)
    try:
        actions.lift_case(
            case=case, reason=request.POST.get("reason", ""), actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, case))
    return answers.done(request, _("已移出黑名单，立即生效。"), "blacklist_case", uid)


@require_safe
@require_seat(*READERS)
def proof(request: ActorRequest, uid: UUID) -> FileResponse:
    """The proof."""
    return serving.sent(case_of(request.actor, uid).proof, _("证据"), inline=True)
