"""Khóa bản sao lưu: what lies on the second medium is read only with the office's key, kept here and once on paper.

The format is age (age-encryption.org/v1): any age program opens it, also without Chibo.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyrage

from chibo.platform import places
from chibo.platform.errors import Trouble

KEY = "backup-key"
_HEAD = b"age-encryption.org/v1"


def key_text() -> str:
    """Khóa phục hồi of this installation, made when first asked for; closed to other accounts."""
    place = places.chibo_home() / KEY
    if not place.exists():
        keep_key(str(pyrage.x25519.Identity.generate()))
    return place.read_text(encoding="utf-8").strip()


def spoken_key() -> str:
    """The key in groups of four, for the paper."""
    key = key_text()
    return " ".join(key[i : i + 4] for i in range(0, len(key), 4))


def keep_key(key: str) -> None:
    """Keep a key here unless there is one."""
    place = places.chibo_home() / KEY
    draft = place.with_suffix(f".{os.getpid()}")
    with open(draft, "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, place)  # the first of two wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def locked(file: Path) -> bool:
    """Whether the file is one of these."""
    with open(file, "rb") as content:
        return content.read(len(_HEAD)) == _HEAD


def lock(plain: Path, target: Path) -> None:
    """Write `plain` as a locked file, through to the disk. Raises OSError."""
    target.touch(mode=0o600)
    pyrage.encrypt_file(str(plain), str(target), [_identity(key_text()).to_public()])
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unlock(file: Path, target: Path, key: str | None = None) -> str:
    """Open a locked file with the key given, else with ours; the key that fitted. Raises Trouble."""
    if key is None and not (places.chibo_home() / KEY).exists():
        raise Trouble(f"{file} có khóa. Hãy thêm --key-file TỆP, trong tệp là khóa phục hồi chép ở tờ giấy niêm phong.")
    used = "".join((key or key_text()).split()).upper()
    try:
        target.touch(mode=0o600)
        pyrage.decrypt_file(str(file), str(target), [_identity(used)])
    except (pyrage.DecryptError, OSError) as error:
        target.unlink(missing_ok=True)
        raise Trouble(
            f"Không mở được {file}: khóa phục hồi không phải của tệp này, hoặc tệp bị hỏng ({error}). "
            "Chưa có gì được ghi."
        ) from error
    return used


def _identity(key: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError as error:
        raise Trouble("Khóa phục hồi gõ sai: xem lại từng nhóm bốn chữ trên giấy.") from error
