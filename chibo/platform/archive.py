"""The backup file: a plain tar whose last bytes are the hash of all bytes before them."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from chibo.platform.errors import Trouble

FORMAT = 1
DUMP = "database.dump"
_MANIFEST, _SEAL = "manifest.json", "seal.sha256"
_TAIL = 512 + 512 + 1024  # header, hash, the two empty blocks that end a tar
_CHUNK = 1 << 20
_NAME = re.compile(r"files(/[A-Za-z0-9][A-Za-z0-9._-]*)+")


@dataclass
class Manifest:
    """Bản kê: what the file holds. Hashes are SHA-256 in hex; `members` maps a name to its hash."""

    version: str
    created_at: str
    server_major: int
    owner: str
    data_sha256: str
    shape_sha256: str
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def write(place: Path, manifest: Manifest, members: list[tuple[str, Path]]) -> None:
    """Write and fsync the archive; fills `manifest.members`."""
    with open(place, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as raw:
        sealed = _Hashed(raw)
        tar = tarfile.TarFile(mode="w", fileobj=sealed, format=tarfile.GNU_FORMAT)  # type: ignore[arg-type]
        for name, source in members:
            with open(source, "rb") as content:
                hashed = _Hashed(content)
                tar.addfile(_entry(name, os.fstat(content.fileno()).st_size), hashed)
            manifest.members[name] = hashed.digest()
        told = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
        tar.addfile(_entry(_MANIFEST, len(told)), io.BytesIO(told))
        raw.write(_tail(sealed.digest()))  # in place of tar.close(): our end is of fixed length
        raw.flush()
        os.fsync(raw.fileno())


def verify(place: Path) -> Manifest:
    """Read every byte and compare every hash. Raises Trouble on the smallest difference."""
    _check_seal(place)
    with _opened(place) as tar:
        found = {entry.name: entry for entry in tar.getmembers()}
        manifest = _manifest(tar, found)
        found.pop(_MANIFEST), found.pop(_SEAL, None)
        if set(found) != set(manifest.members) or DUMP not in found:
            raise _damaged(place, "bản kê không khớp nội dung")
        for name, entry in found.items():
            if name != DUMP and not _NAME.fullmatch(name):
                raise _damaged(place, f"tên lạ {name!r}")
            content = tar.extractfile(entry)
            if content is None or _hash(content) != manifest.members[name]:
                raise _damaged(place, f"sai mã kiểm của {name}")
    return manifest


def extract(place: Path, into: Path) -> None:
    """Unpack a verified archive's dump and files into an empty folder."""
    with _opened(place) as tar:
        for entry in tar.getmembers():
            if entry.name == DUMP or _NAME.fullmatch(entry.name):
                tar.extract(entry, into, set_attrs=False, filter="data")


class _Hashed:
    """A file that hashes what passes through it."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner, self._hash = inner, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._inner.read(size)
        self._hash.update(data)
        return data

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        return self._inner.write(data)

    def tell(self) -> int:
        return self._inner.tell()

    def digest(self) -> str:
        return self._hash.hexdigest()


def _check_seal(place: Path) -> None:
    size = place.stat().st_size
    if size < 2 * _TAIL:
        raise _damaged(place, "quá ngắn")
    with open(place, "rb") as raw:
        found = _hash(raw, size - _TAIL)
        if raw.read() != _tail(found):
            raise _damaged(place, "sai mã kiểm của cả tệp")


def _manifest(tar: tarfile.TarFile, found: dict[str, tarfile.TarInfo]) -> Manifest:
    entry = found.get(_MANIFEST)
    content = tar.extractfile(entry) if entry else None
    given: dict[str, Any] = json.loads(content.read()) if content else {}
    if given.get("format") != FORMAT:
        raise Trouble("Tệp sao lưu theo khuôn dạng của phiên bản Chibo khác. Hãy dùng phiên bản đã tạo ra nó.")
    return Manifest(**given)


@contextmanager
def _opened(place: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(place, "r:") as tar:
            yield tar
    except (tarfile.TarError, ValueError, TypeError) as error:
        raise _damaged(place, str(error)) from error


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _tail(digest: str) -> bytes:
    header = _entry(_SEAL, len(digest)).tobuf(tarfile.GNU_FORMAT)
    return header + digest.encode().ljust(512, b"\0") + bytes(1024)


def _hash(content: IO[bytes], length: int | None = None) -> str:
    found, left = hashlib.sha256(), length
    while block := content.read(_CHUNK if left is None else min(_CHUNK, left)):
        found.update(block)
        left = None if left is None else left - len(block)
    return found.hexdigest()


def _damaged(place: Path, how: str) -> Trouble:
    return Trouble(f"Tệp sao lưu {place} bị hỏng hoặc bị sửa ({how}). Chưa có gì được ghi. Hãy dùng bản sao lưu khác.")
