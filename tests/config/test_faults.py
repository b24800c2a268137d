"""What an operator is told who mistypes a setting, forgets a step, or whose machine lacks something."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.config.test_entrance import ROOT, environment

from xingyun.config import serve
from xingyun.config.command import COMMANDS, overview
from xingyun.config.environment import misspelt, read
from xingyun.config.typed import SettingError


def xingyun(data: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the entrance as a person would, with these settings."""
    known = {**environment(), "XINGYUN_DATA": str(data), "PYTHONPATH": str(ROOT / "src"), **settings}
    command = [sys.executable, "-m", "xingyun.config.command", *words]
    return subprocess.run(
        command, cwd=ROOT, env=known, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_entrance_says_what_there_is(tmp_path: Path) -> None:
    for words in ([], ["help"], ["--help"]):
        assert xingyun(tmp_path, *words).stdout.strip() == overview()
    assert all(f"  {name} " in overview() for name in [*COMMANDS, "migrate"])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("XINGYUN_WEB_THREADS", "four", "应是不小于 1 的整数，现在是“four”"),
        ("XINGYUN_WORKER_THREADS", "0", "应是不小于 1 的整数"),
        ("XINGYUN_FILE_LIMIT", "50MB", "应是不小于 1 的整数"),
        ("XINGYUN_PROXIES", "-1", "应是不小于 0 的整数"),
        ("XINGYUN_BIND", "8000", "应是“地址:端口”"),
        ("XINGYUN_BIND", "127.0.0.1:http", "应是“地址:端口”"),
        ("XINGYUN_DATABASE_URL", "mysql://u:secret@h/n", "应以 postgres:// 或 sqlite:/// 开头"),
        ("XINGYUN_DATABASE_URL", "nonsense", "应以 postgres:// 或 sqlite:/// 开头"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(SettingError) as refused:
        read({"XINGYUN_DATA": str(tmp_path), name: text})
    assert str(refused.value).startswith(name)
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_wrong_setting_ends_a_command_with_a_sentence(tmp_path: Path) -> None:
    done = xingyun(tmp_path, "migrate", XINGYUN_WEB_THREADS="four")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "XINGYUN_WEB_THREADS 应是不小于 1 的整数，现在是“four”。\n"


def test_a_data_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = xingyun(tmp_path / "file", "audit", "verify")
    assert done.returncode == 2
    assert f"数据目录 {tmp_path}/file（XINGYUN_DATA）不能用" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_setting_is_pointed_out() -> None:
    assert misspelt({"XINGYUN_TSL": "1", "XINGYUN_TLS": "1", "PATH": "/bin"}) == [
        "没有 XINGYUN_TSL 这个设置，不起作用，是不是 XINGYUN_TLS？"
    ]
    assert misspelt({"XINGYUN_QQQQQQQQ": ""}) == ["没有 XINGYUN_QQQQQQQQ 这个设置，不起作用。"]


def test_a_database_of_before_is_told_from_a_fault(tmp_path: Path) -> None:
    for words in (["audit", "verify"], ["backup", str(tmp_path / "b.tar")], ["serve"]):
        done = xingyun(tmp_path, *words)
        assert done.returncode == 1
        assert done.stderr.strip().endswith("数据库还没有升级到这个版本：请先运行 xingyun migrate。")
        assert "Traceback" not in done.stderr


def test_a_database_that_is_away_is_named_without_a_trace(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"postgres://u:secret@127.0.0.1:{closed.getsockname()[1]}/n"
        for words in (["audit", "verify"], ["migrate"]):
            done = xingyun(tmp_path, *words, XINGYUN_DATABASE_URL=url)
            assert done.returncode == 1
            assert done.stderr.startswith("数据库连不上")
            assert "Traceback" not in done.stderr
            assert "secret" not in done.stderr


def test_why_a_port_cannot_be_used() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        place = f"127.0.0.1:{other.getsockname()[1]}"
        assert serve.refused(place).startswith(f"{place} 已被别的程序占用")
    assert serve.refused(place) == ""
    assert serve.refused("203.0.113.1:8000").startswith("不能在 203.0.113.1:8000 上提供服务")
    assert serve.refused("no-such-host.invalid:8000").startswith("不能在 no-such-host.invalid:8000")


def test_a_data_folder_in_which_nothing_can_be_kept(tmp_path: Path) -> None:
    assert serve.unwritable(tmp_path) == ""
    assert serve.unwritable(tmp_path / "gone").startswith(f"数据目录 {tmp_path}/gone")


def test_shared_memory_that_is_closed_is_done_without(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serve, "SHARED", str(tmp_path))
    assert str(tmp_path) in serve.web("127.0.0.1:8000", 4)
    monkeypatch.setattr(serve, "SHARED", str(tmp_path / "gone"))
    assert "--worker-tmp-dir" not in serve.web("127.0.0.1:8000", 4)


def test_a_rehearsal_without_rulebooks_says_so(tmp_path: Path) -> None:
    done = xingyun(tmp_path, "demo", "seed", XINGYUN_REHEARSAL="1", XINGYUN_RULEBOOKS=str(tmp_path / "none"))
    assert done.returncode == 2
    assert f"没有规则书文件夹：{tmp_path}/none" in done.stdout
    done = xingyun(tmp_path, "demo", "clock", "--to", "tomorrow", XINGYUN_REHEARSAL="1")
    assert done.returncode == 2
    assert "tomorrow" in done.stderr
    assert "Traceback" not in done.stderr
