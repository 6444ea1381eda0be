"""Lịch sao lưu: where each night's backup goes, how many stay, and what of it is due now."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chibo.platform import notes, places
from chibo.platform.errors import Trouble

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLAN, TOLD = "schedule", "kept"  # the two notes: what is wanted, what was done
MONTHS_KEPT = 12
_MARK = ".chibo-noi-sao-luu"
_NAME = re.compile(r"chibo-(\d{8})-(\d{6})\.chibo")
_RETRY, _REHEARSE_AFTER, _REHEARSE_AGAIN = timedelta(hours=1), timedelta(days=30), timedelta(days=1)
_FORWARD = timedelta(hours=26)  # a note further ahead than this was written by a clock that was wrong


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to, at what time of the day in Vietnam, how many of the last; the mark tells our medium from another."""

    folder: str
    at: str
    keep: int
    mark: str
    other_disk: bool


def plan() -> Plan | None:
    """The schedule of this installation, None when nobody has set one."""
    note = notes.read(PLAN)
    return Plan(**note) if note else None


def set_plan(folder: Path, *, at: str, keep: int) -> Plan:
    """Đặt lịch. Raises Trouble for a folder that cannot be written, a time or a number that makes no sense."""
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise Trouble(f"Không ghi được vào {folder}. Hãy cắm ổ, tạo thư mục, hoặc chọn nơi khác.")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at):
        raise Trouble(f"Giờ «{at}» không đúng. Gõ như 22:00.")
    if keep < 2:
        raise Trouble("Phải giữ ít nhất 2 bản: bản đang ghi không được là bản duy nhất.")
    other = folder.stat().st_dev != places.chibo_home().stat().st_dev
    made = Plan(str(folder.absolute()), at, keep, _marked(folder), other)
    notes.write(PLAN, asdict(made))
    return made


def drop_plan() -> None:
    """Thôi sao lưu theo lịch; files already written stay."""
    (places.chibo_home() / f"{PLAN}.json").unlink(missing_ok=True)


def ready(wanted: Plan) -> Path:
    """The folder, once it is surely ours. Raises Trouble when the medium is not there or is another one."""
    folder = Path(wanted.folder)
    try:
        found = (folder / _MARK).read_text(encoding="utf-8").strip()
    except OSError:
        found = ""
    if found != wanted.mark:
        raise Trouble(f"Không thấy ổ sao lưu ở {folder}. Hãy cắm đúng ổ, hoặc đặt lại lịch: chibo schedule THƯ_MỤC.")
    return folder


def backup_due(wanted: Plan, told: dict[str, Any], now: datetime) -> bool:
    """Whether the last planned moment has no backup yet; a failed try waits an hour."""
    local = now.astimezone(ZONE)
    moment = datetime.combine(local.date(), time.fromisoformat(wanted.at), ZONE)
    if moment > local:
        moment -= timedelta(days=1)
    done = at_of(told, "backup_at", now)
    return not (done and done >= moment) and _waited(told, "backup_tried", now, _RETRY)


def rehearsal_due(told: dict[str, Any], now: datetime) -> bool:
    """Whether there is a backup and a month has passed since one was last brought back."""
    done = at_of(told, "rehearsed_at", now)
    fresh = done is not None and now - done < _REHEARSE_AFTER
    return bool(told.get("backup_file")) and not fresh and _waited(told, "rehearsal_tried", now, _REHEARSE_AGAIN)


def at_of(told: dict[str, Any], name: str, now: datetime) -> datetime | None:
    """A moment in the note; None when there is none, or it lies in the future of a clock that was set back."""
    found = moment(told.get(name))
    return None if found is None or found > now + _FORWARD else found


def moment(text: Any) -> datetime | None:
    """A moment as the notes spell it; None when it is none."""
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def name_for(now: datetime) -> str:
    """The file's name says when."""
    return f"chibo-{now.astimezone(ZONE):%Y%m%d-%H%M%S}.chibo"


def expired(names: list[str], keep: int) -> list[str]:
    """Which of the folder's files may go: neither among the last `keep`, nor the first of a late month."""
    ours = sorted(name for name in names if _NAME.fullmatch(name))
    first_of_month: dict[str, str] = {}
    for name in ours:
        first_of_month.setdefault(name[6:12], name)
    stay = set(ours[-keep:]) | {first_of_month[month] for month in sorted(first_of_month)[-MONTHS_KEPT:]}
    return [name for name in ours if name not in stay]


def _waited(told: dict[str, Any], name: str, now: datetime, pause: timedelta) -> bool:
    tried = at_of(told, name, now)
    return tried is None or not timedelta() <= now - tried < pause


def _marked(folder: Path) -> str:
    """The mark of the medium: the one it has, else a new one."""
    place = folder / _MARK
    try:
        if not place.exists():
            place.write_text(secrets.token_hex(8) + "\n", encoding="utf-8")
        return place.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Trouble(f"Không ghi được vào {folder}: {error.strerror}. Hãy chọn nơi khác.") from error
