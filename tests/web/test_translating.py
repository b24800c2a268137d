"""What templates say: in the language of the request, the values in it escaped."""

from django.template import engines
from django.utils import translation

PAGE = "{{ _('共 %(n)s 项', n=value) }}|{% trans n=value %}第 {{ n }} 页{% endtrans %}|{{ _('返回') }}"


def drawn(value: str) -> list[str]:
    return engines["jinja2"].from_string(PAGE).render({"value": value}).split("|")


def test_values_are_escaped_and_ours_is_not():
    counted, page, plain = drawn("<b>&")
    assert counted == "共 &lt;b&gt;&amp; 项"
    assert page == "第 &lt;b&gt;&amp; 页"
    assert plain == "返回"


def test_each_request_speaks_its_language():
    with translation.override("en"):
        _counted, page, plain = drawn("7")
    assert (page, plain) == ("Page 7", "Back")
    assert drawn("7")[1] == "第 7 页"
