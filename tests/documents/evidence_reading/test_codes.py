"""What codes say: real texts, and texts that are no invoice's."""

import pytest

from xingyun.documents.evidence_reading.qr_text import invoice_of


def fields(payload: str) -> dict[str, object] | None:
    record = invoice_of(payload, 1)
    return None if record is None else {name: said[0].value for name, said in record.said.items()}


@pytest.mark.parametrize(("payload", "expected"), [
    ("01,10,011001605111,80100798,64.9,20161018,85342965681116380258,", {
        "number": "80100798", "code": "011001605111", "kind": "electronic_ordinary", "issued_on": "2016-10-18",
        "net_fen": 6490}),
    ("01,01,1200154130,03630024,94339.62,20160621,,9335,", {
        "number": "03630024", "code": "1200154130", "kind": "paper_special", "issued_on": "2016-06-21",
        "net_fen": 9433962}),
    ("01,32,,23442000000014209621,112,20230215,,74AE", {
        "number": "23442000000014209621", "kind": "digital_ordinary", "issued_on": "2023-02-15",
        "gross_fen": 11200}),
    ("01,31, ,23442000000014209621,6.2,20230215, ,74AE", {
        "number": "23442000000014209621", "kind": "digital_special", "issued_on": "2023-02-15", "gross_fen": 620}),
    ("01,77,,23442000000014209621,,20231332,,", {"number": "23442000000014209621"}),
])  # fmt: skip
def test_texts_of_invoices(payload: str, expected: dict[str, object]) -> None:
    assert fields(payload) == expected


@pytest.mark.parametrize("payload", [
    "", "XY1|2020-0087|v3|p12", "https://example.com/?a=01,32", "01,32", "02,10,011001605111,80100798,64.9,20161018",
    "01,10,011001605111,8010079,64.9,20161018,", "01,10,0110016051,80100798x,64.9,20161018,", "01," * 4000,
])  # fmt: skip
def test_other_texts(payload: str) -> None:
    assert fields(payload) is None
