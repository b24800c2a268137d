"""What was typed into a form that can't be taken, under the words people know its places by."""

import re

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Never shown again, even to the person who typed them.
SECRETS = frozenset({"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "again"})
WORDS = {
    "address": gettext_lazy("注册地址"),
    "answer": gettext_lazy("答复"),
    "code": gettext_lazy("编号"),
    "fen": gettext_lazy("计入的金额（元，含税）"),
    "first": gettext_lazy("从第几页"),
    "keep": gettext_lazy("导出方案的名称"),
    "last": gettext_lazy("到第几页"),
    "name": gettext_lazy("名称"),
    "note": gettext_lazy("给谁"),
    "number": gettext_lazy("文号或编号"),
    "outcome": gettext_lazy("结果和理由"),
    "position": gettext_lazy("调到第几位"),
    "q": gettext_lazy("查找"),
    "reason": gettext_lazy("理由"),
    "receipt": gettext_lazy("回执号"),
    "reply": gettext_lazy("答复"),
    "ruling": gettext_lazy("裁定理由"),
    "serial": gettext_lazy("证书编号"),
    "text": gettext_lazy("内容"),
    "username": gettext_lazy("登录名"),
}
# What a page says to the server rather than a person: references, choices, counts.
BY_MACHINE = re.compile(r"[a-z0-9_.:/-]*")


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Pairs of word and text, in the order of the form; without secrets and without what nobody typed."""
    typed = [(name, str(value).strip()) for name, values in request.POST.lists() for value in values]
    return [
        (str(WORDS.get(name) or _("填写的内容")), value)
        for name, value in typed
        if value and name not in SECRETS and (name in WORDS or not BY_MACHINE.fullmatch(value))
    ]
