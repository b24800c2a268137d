"""Titles and subsidies in words."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from xingyun.rulebook import decimals
from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine.span import day
from xingyun.rulebook.engine.sums import money
from xingyun.rulebook.schema.aftercare import Subsidy, Titles
from xingyun.rulebook.schema.conditions import Spend
from xingyun.rulebook.text import Text, join
from xingyun.rulebook.wording.procedure import term

TERM = Text("有效期{t}", "valid for {t}")
NO_TERM = Text("没有规定期限", "no term is set")
RECHECK = Text("每{t}复核", "a re-check every {t}")
EXTENDED = Text("复核合格延长{t}", "each that is passed adds {t}")
DEMOTED = Text("复核只够较低等级的，降为该等级", "one that shows a lower level takes the title down to it")
CANCELLED = Text("复核不合格的取消", "one that is not passed cancels the title")
LAPSES = Text("下一次名单没有列入的失效", "titles not on the next list lapse")
CONFIRMED = Text(
    "每{t}确认，连续 {m} 次未确认的取消", "confirmed every {t}, cancelled after {m} misses in a row"
)
STACKING = {
    "add": Text("各等级分别发放", "every level is paid by itself"),
    "highest": Text("只按最高等级发放", "only the highest level is paid"),
    "difference": Text("补足与已发的差额", "what was paid before is deducted"),
}


def titles(book: Rulebook, rule: Titles) -> Text:
    """The term, what extends it, what ends it."""
    words = [TERM.fill(t=term(rule.years, rule.months)) if rule.term_months else NO_TERM]
    for key, years in rule.years_by_level.items():
        words.append(Text("{l} {t}", "{l}: {t}").fill(l=book.level(key).name, t=term(years, None)))
    if rule.recheck_years:
        words += [
            RECHECK.fill(t=term(rule.recheck_years, None)),
            DEMOTED if rule.demotion == "level_met" else CANCELLED,
        ]
    words += [EXTENDED.fill(t=term(rule.extension_years, None))] if rule.extension_years else []
    words += [LAPSES] if rule.lapse == "unless_listed" else []
    if rule.confirmation:
        words.append(CONFIRMED.fill(t=term(rule.confirmation.every_years, None), m=rule.confirmation.misses))
    return join(words, "；", "; ")


def subsidy(book: Rulebook, rule: Subsidy) -> Text:
    """For which titles, how much, how it adds to what was paid."""
    return join([*_which(book, rule), *_how_much(book, rule), STACKING[rule.stacking]], "；", "; ")


def _which(book: Rulebook, rule: Subsidy) -> Iterator[Text]:
    if rule.levels:
        yield Text("限{l}", "only for {l}").fill(l=join([book.level(key).name for key in rule.levels]))
    if rule.title_from:
        yield Text("{d}起评定的", "awarded from {d}").fill(d=day(rule.title_from))
    if rule.title_to:
        yield Text("{d}以前（含）评定的", "awarded by {d}").fill(d=day(rule.title_to))


def _how_much(book: Rulebook, rule: Subsidy) -> Iterator[Text]:
    if rule.yuan:
        yield _sums(book, rule.yuan)
    for key, sums in rule.yuan_by_authority.items():
        yield Text("{a}：{s}", "{a}: {s}").fill(a=book.authority(key).name, s=_sums(book, sums))
    if rule.is_share:
        name = next(c.name for c in book.conditions if isinstance(c, Spend) and rule.spend in (None, c.key))
        own = [(key, rule.share_by_level.get(key, rule.share)) for key in _named(book, rule)]
        said = [_share(name, share, rule.cap_yuan) for share in [rule.share] if share is not None]
        said += [
            join(
                [book.level(key).name, _share(name, share, rule.cap_by_level.get(key, rule.cap_yuan))],
                " ",
                ": ",
            )
            for key, share in own
            if share is not None
        ]
        yield join(said)


def _named(book: Rulebook, rule: Subsidy) -> list[str]:
    """Levels with a share or a cap of their own, the lowest first."""
    return [lv.key for lv in book.levels if lv.key in (*rule.share_by_level, *rule.cap_by_level)]


def _share(name: Text, share: Fraction, cap_yuan: int | None) -> Text:
    said = Text("“{c}”的 {p}", "{p} of “{c}”").fill(c=name, p=decimals.share(share))
    most = [Text("最多 {m}", "at most {m}").fill(m=money(cap_yuan * 100))] if cap_yuan else []
    return join([said, *most], "，", ", ")


def _sums(book: Rulebook, sums: Mapping[str, int]) -> Text:
    named = [join([book.level(key).name, money(yuan * 100)], " ", " ") for key, yuan in sums.items()]
    return join(named)
