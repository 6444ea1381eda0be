"""Where things are kept, also when home is closed."""

from __future__ import annotations

import pytest

from chibo.platform import places
from chibo.platform.errors import Trouble
from tests.platform.conftest import as_ordinary_user


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in ("CHIBO_HOME", "CHIBO_PORT", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_a_home_that_cannot_be_written_falls_back_to_a_private_folder(home, monkeypatch):
    home.chmod(0o1777)
    monkeypatch.setattr(places, "_LAST_RESORT", home)
    monkeypatch.setenv("HOME", "/proc/none")

    def work() -> str:
        place = places.chibo_home()
        return f"{place.parent == home} {place.stat().st_mode & 0o777:o}"

    assert as_ordinary_user(work) == "True 700"


def test_somebody_elses_folder_is_not_the_fallback(home, monkeypatch):
    home.chmod(0o1777)
    target = home / "target"
    target.mkdir(mode=0o777)
    monkeypatch.setattr(places, "_LAST_RESORT", home)
    monkeypatch.setenv("HOME", "/proc/none")

    def work() -> str:
        import os

        (home / f"chibo-{os.geteuid()}").symlink_to(target)
        try:
            return str(places.chibo_home())
        except Trouble as trouble:
            return str(trouble)

    assert "CHIBO_HOME" in as_ordinary_user(work)


def test_data_go_below_the_users_data_folder(home, monkeypatch):
    home.chmod(0o777)
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "share"))
    assert as_ordinary_user(lambda: str(places.chibo_home())) == str(home / "share" / "chibo")


def test_a_given_home_that_cannot_be_made_is_a_sentence(monkeypatch):
    monkeypatch.setenv("CHIBO_HOME", "/proc/none/here")
    with pytest.raises(Trouble, match="/proc/none/here"):
        places.chibo_home()


@pytest.mark.parametrize("given", ["0", "65536", "x", "-1", "8 420"])
def test_a_port_must_be_a_port(monkeypatch, given):
    monkeypatch.setenv("CHIBO_PORT", given)
    with pytest.raises(Trouble, match="CHIBO_PORT"):
        places.port()


def test_the_port_has_a_default(monkeypatch):
    assert places.port() == 8420
    monkeypatch.setenv("CHIBO_PORT", "9001")
    assert places.port() == 9001
