"""Language and theme are the visitor's own choice; they lead nowhere else."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_theme_is_written_by_the_server(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "/contacts/"})
    assert answer["Location"] == "/contacts/"
    assert 'data-theme="dark"' in client.get("/contacts/").content.decode()


def test_no_theme_follows_the_system(client):
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": ""})
    assert "data-theme=" not in client.get("/contacts/").content.decode().split("<head>")[0]


def test_a_made_up_theme_is_not_written(client):
    client.cookies["theme"] = '"><script>'
    assert "<script>" not in client.get("/contacts/").content.decode().split("<head>")[0]


def test_the_language_is_kept(client):
    client.post("/language/", {"language": "en", "next": "/contacts/"})
    assert client.cookies["django_language"]["max-age"] == 365 * 24 * 3600
    page = client.get("/contacts/").content.decode()
    assert '<html lang="en"' in page
    client.post("/language/", {"language": "zh-hans"})
    assert '<html lang="zh-Hans"' in client.get("/contacts/").content.decode()


@pytest.mark.parametrize("address", ["/theme/", "/language/"])
@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_switch_leads_nowhere_else(client, address, wanted):
    answer = client.post(address, {"theme": "dark", "language": "en", "next": wanted})
    assert "evil" not in answer["Location"]
    assert "javascript" not in answer["Location"]


@pytest.mark.parametrize("address", ["/theme/", "/language/"])
def test_switching_is_a_post(client, address):
    assert client.get(address).status_code == 405
