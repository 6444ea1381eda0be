"""The installer: nothing is unpacked that is not signed, whole and newer; a cut leaves the old version."""

from __future__ import annotations

import base64
import csv
import ensurepip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.platform.conftest import ROOT

sys.path.insert(0, str(ROOT / "packaging"))
import bundle

PROGRAM = "import sys\n\ndef main():\n    print('{version}')\n"


def wheel(folder: Path, version: str) -> Path:
    """A program of that name and version that can say its version, and nothing else."""
    about = f"chibo-{version}.dist-info"
    files = {
        "chibo_small.py": PROGRAM.format(version=version),
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: chibo\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/entry_points.txt": "[console_scripts]\nchibo = chibo_small:main\n",
    }
    rows = io.StringIO()
    table = csv.writer(rows, lineterminator="\n")
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        table.writerow([name, f"sha256={digest}", len(text.encode())])
    table.writerow([f"{about}/RECORD", "", ""])
    place = folder / f"chibo-{version}-py3-none-any.whl"
    with zipfile.ZipFile(place, "w") as made:
        for name, text in {**files, f"{about}/RECORD": rows.getvalue()}.items():
            made.writestr(name, text)
    return place


pytestmark = pytest.mark.server
KEY = ec.generate_private_key(ec.SECP256R1())


def make(place: Path, version: str, key: ec.EllipticCurvePrivateKey = KEY, pinned: str = "") -> Path:
    """A bundle like a real one, with a small program in it."""
    inside = place / f"inside-{version}"
    (inside / "wheels").mkdir(parents=True)
    program = wheel(inside / "wheels", version)
    shutil.copy(next(Path(ensurepip.__file__).parent.glob("_bundled/pip-*.whl")), inside / "wheels")
    (inside / "requirements.txt").write_text(f"chibo=={version} --hash=sha256:{pinned or bundle._hash(program)}\n")
    (inside / "VERSION").write_text(version + "\n")
    shutil.copy(ROOT / "packaging" / "chibo.service", inside)
    bundle._list(inside)
    folder = place / f"bundle-{version}-{key.private_numbers().private_value % 997}"
    folder.mkdir()
    bundle._pack(inside, folder / f"chibo-{version}-linux-x86_64.tar", 1_700_000_000)
    shutil.copy(ROOT / "packaging" / "install.sh", folder)
    bundle._list(folder)
    bundle.sign(folder, key)
    shutil.rmtree(inside)
    return folder


@pytest.fixture
def install(tmp_path):
    """Run a bundle's installer for an ordinary user; `id` says we are one."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "id").write_text("#!/bin/sh\necho 1000\n")
    (tools / "id").chmod(0o755)

    # a Python outside the system's places finds its own library by this
    libraries = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}

    def run(folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", str(folder / "install.sh"), "--python", sys.executable, "--prefix", str(tmp_path / "app")],
            env={"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", **libraries},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def answers(tmp_path: Path) -> str:
    return subprocess.run([tmp_path / "app/current/env/bin/chibo"], capture_output=True, text=True, check=True).stdout


def test_it_installs_goes_up_and_never_down(tmp_path, install):
    done = install(make(tmp_path, "1.2"))
    assert done.returncode == 0, done.stderr
    assert "Mã của khóa ký" in done.stderr
    done = install(make(tmp_path, "1.10"))
    assert done.returncode == 0, done.stderr
    assert "chibo upgrade" in done.stderr
    assert answers(tmp_path) == "1.10\n"
    done = install(make(tmp_path, "1.9"))
    assert done.returncode == 1
    assert "Không cài lùi" in done.stderr
    assert answers(tmp_path) == "1.10\n"
    assert len(list((tmp_path / "app" / "versions").iterdir())) == 2


def test_a_wheel_that_differs_from_its_pin_is_not_installed(tmp_path, install):
    assert install(make(tmp_path, "1.2")).returncode == 0
    done = install(make(tmp_path, "1.3", pinned="0" * 64))
    assert done.returncode == 1
    assert answers(tmp_path) == "1.2\n"
    assert len(list((tmp_path / "app" / "versions").iterdir())) == 1


@pytest.mark.parametrize("name", ["chibo-1.2-linux-x86_64.tar", "SHA256SUMS", "SHA256SUMS.sig", "chibo.pub"])
def test_an_altered_byte_is_refused_before_anything_is_written(tmp_path, install, name):
    folder = make(tmp_path, "1.2")
    for at in (0, -2):
        changed = bytearray((folder / name).read_bytes())
        changed[at] ^= 1
        (folder / name).write_bytes(changed)
        done = install(folder)
        assert done.returncode == 1
        assert "Không cài" in done.stderr
        assert not (tmp_path / "app").exists()


def test_another_key_is_refused_once_one_is_known(tmp_path, install):
    (tmp_path / "app").mkdir()
    mine = make(tmp_path, "1.2")
    shutil.copy(mine / "chibo.pub", tmp_path / "app" / "chibo.pub")
    done = install(make(tmp_path, "1.3", ec.generate_private_key(ec.SECP256R1())))
    assert done.returncode == 1
    assert "khóa khác" in done.stderr
    assert [each.name for each in (tmp_path / "app").iterdir()] == ["chibo.pub"]


def test_the_signing_key_is_made_once_and_closed(tmp_path, monkeypatch):
    monkeypatch.setenv("CHIBO_RELEASE_KEY", str(tmp_path / "keys" / "release.pem"))
    first, second = bundle.release_key(), bundle.release_key()
    assert first.private_numbers() == second.private_numbers()
    assert (tmp_path / "keys" / "release.pem").stat().st_mode & 0o777 == 0o600
