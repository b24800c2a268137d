"""Texts with named places: filled, refused, read as paragraphs."""

import pytest

from xingyun.documents.wording import Fault, UnfilledError, faults, filled, normal, paragraphs, places

KNOWN = ("企业名称", "申请编号", "公示首日", "公示末日")


def test_places_are_filled_and_nothing_else_is_touched():
    assert filled("｛企业名称｝：{0} 100%", {"企业名称": "甲公司"}) == "甲公司：{0} 100%"


def test_what_is_filled_in_is_not_read_again():
    assert filled("｛企业名称｝", {"企业名称": "｛申请编号｝", "申请编号": "1"}) == "｛申请编号｝"


@pytest.mark.parametrize("values", [{}, {"企业名称": ""}, {"企业名称": " \n"}])
def test_places_without_a_value_are_named(values):
    with pytest.raises(UnfilledError) as error:
        filled("｛申请编号｝由｛企业名称｝提交，｛企业名称｝", {"申请编号": "1", **values})
    assert error.value.names == ("企业名称",)


def test_either_kind_of_braces_may_be_typed():
    text = normal("  {企业名称}：\r\n\r\n｛ 申请编号 } 收悉。 \n")
    assert text == "｛企业名称｝：\n｛申请编号｝ 收悉。"
    assert places(text) == ("企业名称", "申请编号")


def test_unknown_places_are_told_with_the_nearest_one():
    assert faults("｛企业名｝｛公示首天｝｛企业名称｝", KNOWN) == [
        Fault("企业名", "企业名称"),
        Fault("公示首天", "公示首日"),
    ]
    assert faults("｛天气｝", KNOWN) == [Fault("天气")]
    assert faults("｛｝", KNOWN) == [Fault("")]


@pytest.mark.parametrize("text", ["｛企业名称", "企业名称｝", "｛企业\n名称｝", "｛｛企业名称｝｝"])
def test_a_brace_without_its_other_one_is_told(text):
    assert Fault("") in faults(text, KNOWN)


def test_paragraphs_tell_headings_by_their_numbers():
    text = "一、组织情况\n（一）受理\n一、这一条是句子，不是标题。\n正文。"
    assert paragraphs(text) == [
        {"kind": "h1", "text": "一、组织情况"},
        {"kind": "h2", "text": "（一）受理"},
        {"text": "一、这一条是句子，不是标题。"},
        {"text": "正文。"},
    ]
