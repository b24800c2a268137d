"""The second line of a round's heading: whose time runs out comes first."""

from datetime import timedelta

import pytest

from xingyun.rounds.models import Round, Window
from xingyun.rounds.states import RoundState
from xingyun.web.public.programmes import phase

OPEN, COMING, OVER = (-1, 1), (1, 2), (-2, -1)


@pytest.mark.parametrize(
    ("state", "windows", "noticed", "said"),
    [
        (RoundState.OPEN, [OPEN], False, "正在申报"),
        (RoundState.OPEN, [OVER, OPEN], True, "正在申报"),
        (RoundState.OPEN, [OVER], True, "拟认定名单正在公示"),
        (RoundState.OPEN, [COMING], False, "即将开始申报"),
        (RoundState.OPEN, [], False, "即将开始申报"),
        (RoundState.OPEN, [OVER], False, "正在评定"),
        (RoundState.CLOSED, [OVER], True, "结果已经公布"),
    ],
)
def test_the_phase_of_a_round(now, state, windows, noticed, said):
    dates = [Window(opens=now + timedelta(days=a), closes=now + timedelta(days=b)) for a, b in windows]
    assert phase(Round(state=state), dates, now, noticed=noticed) == said
