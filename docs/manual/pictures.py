"""Make the pictures of the manuals anew: `make pictures`.

A rehearsal of its own is filled and served, every page of the list below is opened as the person who works
with it, and what a small office screen shows is kept under `screens/`. Nobody draws or crops by hand, so
the pictures never grow old.
"""

import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PICTURES = HERE / "screens"
RULEBOOK = ROOT / "rulebooks" / "jinan-2020"
PASSWORD = "xingyun-yanlian-2020"  # of invented people
# Who fills in the draft that has come furthest.
DRAFT = """
from xingyun.applications.models import Application
from xingyun.registry.models import Member
drafts = Application.objects.filter(state="draft").order_by("-domains", "-rev")
print(Member.objects.filter(enterprise=drafts[0].enterprise_id).first().user.username)
"""
SCREEN = {"width": 1366, "height": 768}
COLOURS = 96


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, who looks, where, and the addresses of links to follow from there (patterns)."""

    name: str
    who: str
    at: str
    links: tuple[str, ...] = ()


APPLICATION = r"^/enterprise/applications/[0-9a-f-]+/$"
CASE = r"^/officials/applications/[0-9a-f-]{36}/\?"
SHOTS = (
    Shot("home", "", "/"),
    Shot("self-check", "", "/self-check/"),
    Shot("register", "", "/enterprise/register/"),
    Shot("form", "draft", "/enterprise/", (APPLICATION,)),
    Shot("evidence", "draft", "/enterprise/", (APPLICATION, r"/evidence/$")),
    Shot("confirmation", "draft", "/enterprise/", (APPLICATION, r"/ledger/$", r"/confirmation/$")),
    Shot("read", "draft", "/enterprise/", (APPLICATION, r"/evidence/read/$")),
    Shot("booklet", "draft", "/enterprise/", (APPLICATION, r"/booklet/$")),
    Shot("progress", "qiye01", "/enterprise/", (APPLICATION, r"/progress/$")),
    Shot("todo", "shizhong-jb", "/officials/"),
    Shot("queue", "shizhong-jb", "/officials/applications/"),
    Shot("desk", "shizhong-jb", "/officials/applications/", (CASE,)),
    Shot("decisions", "shizhong-jb", "/officials/decisions/"),
    Shot("reports", "shizhong-jb", "/officials/reports/"),
    Shot("paper", "shizhong-jb", "/officials/paper/"),
    Shot("rosters", "shizhong-jb", "/officials/rosters/"),
    Shot("overview", "city-jb", "/officials/overview/"),
    Shot("statistics", "city-jb", "/officials/statistics/"),
    Shot("notices", "city-jb", "/officials/notices/"),
    Shot("record", "city-sj", "/officials/record/"),
)


def main() -> int:
    """Make them all; says the name of one whose page could not be opened, and fails."""
    wrong = 0
    PICTURES.mkdir(exist_ok=True)
    with rehearsal() as (base, drafting), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        people: dict[str, Page] = {}
        for shot in SHOTS:
            if shot.who not in people:
                people[shot.who] = enter(browser, base, drafting if shot.who == "draft" else shot.who)
            try:
                kept = taken(people[shot.who], shot)
                print(f"{shot.name:12} {kept.stat().st_size // 1024:4} KB", flush=True)
            except LookupError as error:
                wrong += 1
                print(f"{shot.name:12} {error}", flush=True)
        browser.close()
    return 1 if wrong else 0


def taken(page: Page, shot: Shot) -> Path:
    """Open what the shot names and keep what the screen shows. LookupError where there is no such page."""
    answer = page.goto(shot.at)
    for link in shot.links:
        answer = page.goto(linked(page, link))
    if answer is None or answer.status != 200:
        raise LookupError(f"{page.url}: {answer.status if answer else 'no answer'}")
    page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(page.screenshot()))
    out = PICTURES / f"{shot.name}.png"
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, optimize=True)
    return out


def linked(page: Page, pattern: str) -> str:
    """The first link of the page whose address fits."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    for address in found:
        if re.search(pattern, address):
            return str(address)
    raise LookupError(f"{page.url}: no link like {pattern}")


def enter(browser: Browser, base: str, who: str) -> Page:
    """A window in which this person is signed in; nobody is for an empty name."""
    page = browser.new_context(viewport=SCREEN, locale="zh-CN", base_url=base).new_page()
    page.set_default_timeout(60_000)
    if who:
        page.goto("/accounts/login/")
        page.get_by_label("用户名").fill(who)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="登录").click()
        page.wait_for_load_state()
    return page


@contextmanager
def rehearsal() -> Iterator[tuple[str, str]]:
    """A filled rehearsal, served: its address, and who fills in a draft. Nothing of it is left afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{probe.getsockname()[1]}"
    folder = Path(tempfile.mkdtemp(prefix="xingyun-pictures-"))
    own = {"XINGYUN_DATA": str(folder), "XINGYUN_REHEARSAL": "1", "XINGYUN_BIND": bind}
    # As an office has it that is set up: pages offer what goes by mail.
    own["XINGYUN_MAIL_URL"] = f"file://{folder}/letters"
    environment = {**os.environ, **own, "XINGYUN_RULEBOOKS": str(RULEBOOK.parent)}
    command = [sys.executable, "-m", "xingyun.config.command"]
    try:
        seed = [*command, "demo", "seed", "--rulebook", str(RULEBOOK)]
        subprocess.run(seed, env=environment, check=True, stdout=subprocess.DEVNULL)
        asked = [*command, "shell", "--no-imports", "-c", DRAFT]
        told = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True)
        server = subprocess.Popen([*command, "serve"], env=environment, stderr=subprocess.DEVNULL)
        try:
            wait_for(f"http://{bind}/healthz")
            yield f"http://{bind}", told.stdout.split()[-1]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(address: str, seconds: float = 120) -> None:
    """Until the server says that all is well."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):  # our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise TimeoutError(address)


def chromium() -> str:
    """Where Debian puts the browser, or wherever it is found."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise SystemExit("chromium is missing: apt-get install chromium")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
