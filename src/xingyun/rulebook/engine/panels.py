"""What the scores of a panel come to."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from xingyun.rulebook import decimals
from xingyun.rulebook.schema.examining import Panel
from xingyun.rulebook.text import Text, join

TOO_FEW = Text("还差 {n} 位专家的评分。", "The scores of {n} experts are still missing.")
OUTSIDE = Text("评分 {n} 不在 0 至 {scale} 之间。", "The score {n} is not between 0 and {scale}.")
AVERAGE = Text("{n} 位专家评分，{dropped}平均 {score} 分。", "{n} scores, {dropped}{score} on average.")
ENOUGH = Text("达到 {least} 分。", "{least} are reached.")
SHORT = Text("没有达到 {least} 分。", "{least} are not reached.")
DROPPED = Text("去掉 {high} 个最高分和 {low} 个最低分，", "the {high} highest and the {low} lowest dropped, ")


class PanelScore(NamedTuple):
    """The exact average and whether it is enough (None: there is none, nothing is asked), with the reason."""

    score: Fraction | None
    words: Text
    passes: bool | None = None


def panel_score(rule: Panel, scores: Sequence[Fraction | int]) -> PanelScore:
    """The average of `scores` (of those who did not recuse themselves), the highest and lowest dropped."""
    for score in scores:
        if not 0 <= score <= rule.scale:
            words = OUTSIDE.fill(n=decimals.number(Fraction(score)), scale=rule.scale)
            return PanelScore(None, words)
    if len(scores) < rule.experts:
        return PanelScore(None, TOO_FEW.fill(n=rule.experts - len(scores)))
    kept = sorted(scores)[rule.drop_lowest : len(scores) - rule.drop_highest]
    average = Fraction(sum(kept)) / len(kept)
    enough = None if rule.pass_at is None else average >= rule.pass_at
    return PanelScore(average, _said(rule, len(scores), average), enough)


def _said(rule: Panel, n: int, average: Fraction) -> Text:
    dropped = DROPPED.fill(high=rule.drop_highest, low=rule.drop_lowest)
    none = not (rule.drop_highest or rule.drop_lowest)
    words = AVERAGE.fill(n=n, dropped=Text("", "") if none else dropped, score=decimals.number(average))
    if rule.pass_at is None:
        return words
    return join([words, (ENOUGH if average >= rule.pass_at else SHORT).fill(least=rule.pass_at)], "", " ")
