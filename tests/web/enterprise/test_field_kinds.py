"""Every kind of field of a form, from its box on the page to print, under the manual's rulebook."""

import json
from typing import get_args

import pytest
from django.template import engines
from tests.factories.applications import make_application
from tests.factories.ground import make_ground
from tests.rulebook.conftest import examples
from tests.web.enterprise.parties import signed_in

from xingyun.applications.actions import digest
from xingyun.applications.jobs import form_page
from xingyun.rulebook import load_source
from xingyun.rulebook.schema.form import Field, FieldKind
from xingyun.rulebook.schema.shared import Option
from xingyun.web.fields import Choice, Shown

# kind: what its box is known by, what is typed, how it is printed
KINDS = {
    "short_text": ('type="text"', " 两  个词 ", "两 个词"),
    "long_text": ("<textarea", "一\r\n二", "一\n二"),
    "uscc": ('class="inp usc"', "9137 0000-7062 66601d", "91370000706266601D"),
    "money": ('inputmode="decimal"', "1,000.5", "1,000.5"),
    "integer": ('inputmode="numeric"', "１,024", "1,024"),
    "percent": ('inputmode="decimal"', "5.250％", "5.25%"),
    "phone": ('type="tel"', "0531-6660 0000", "0531-66600000"),
    "email": ('type="email"', "a@example.com", "a@example.com"),
    "date": ('class="inp mid"', "20200305", "2020年3月5日"),
    "month": ('class="inp mid"', "201806", "2018年6月"),
    "choice": ('type="radio"', "a", "甲"),
    "multi_choice": ('type="checkbox"', "b,a", "甲、乙"),
    "industry": ('role="combobox"', "3421", "金属切削机床制造（3421）"),
    "person": ('type="text"', "欧阳  若水", "欧阳 若水"),
    "address": ('type="text"', "虚构路1号", "虚构路1号"),
    "organisations": ("data-lines", "甲；乙", "甲、乙"),
}
OPTIONS = (Option(key="a", label="甲", label_en="A"), Option(key="b", label="乙", label_en="B"))


def test_no_kind_is_left_out():
    assert set(KINDS) == set(get_args(FieldKind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_box_and_its_print(kind):
    box, typed, printed = KINDS[kind]
    options = OPTIONS if "choice" in kind else ()
    field = Field(key="f", label="栏", label_en="Box", section="s", kind=kind, options=options)
    macro = engines.all()[0].env.get_template("parts/fields.html").module.field
    choices = tuple(Choice(o.key, o.label) for o in options)
    assert box in macro(Shown(key="f", kind=kind, label="栏", value=typed, choices=choices))
    book = load_source({"manual.toml": examples("toml")})
    assert form_page.shown(book, {"f": typed}, field) == printed


@pytest.mark.django_db
def test_a_percentage_is_typed_kept_and_read_back(now, tmp_path):
    (tmp_path / "manual.toml").write_text(examples("toml"), "utf-8")
    made = make_application(make_ground(now, folder=tmp_path), complete=False)
    client = signed_in(made.actor)
    root = f"/enterprise/applications/{made.application.uid}/"
    page = client.get(root + "form/workshop/").content.decode()
    assert 'id="online" name="online" class="inp mid" value="" inputmode="decimal"' in page
    assert '<span class="muted">%</span>' in page
    for raw, error in (("100.5", "最大是 100，请核对。"), ("12.50％", "")):
        seen = digest("") if error else digest("100.5")
        body = json.dumps({"field": "online", "raw": raw, "seen": seen})
        answer = client.post(root + "save/", body, content_type="application/json")
        assert answer.json()["error"] == error
    made.application.refresh_from_db()
    book = made.ground.book
    assert form_page.shown(book, made.application.answers, book.form.field("online")) == "12.5%"
