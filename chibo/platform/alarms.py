"""Báo động của máy: room on the disks, the clock, backups and rehearsals; read by whoever keeps the server."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chibo.platform import certificate, notes, places, schedule
from chibo.platform.errors import Trouble

CLOCK, CHECKED = "clock", "checked"  # notes: of the clock, of the last `chibo check`
ROOM = 2 * 2**30  # bytes that should stay free
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)  # this program did not exist before
_LEAP = timedelta(minutes=10)
_TOLD_FOR = timedelta(days=7)
_BACKUP_AGE, _REHEARSAL_AGE, _CHECK_AGE = timedelta(days=2), timedelta(days=35), timedelta(days=35)
_CERTIFICATE_ENDS = timedelta(days=45)
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to see to: which part of the machine, what, why and what to do, since when."""

    part: str  # disk | clock | backup | rehearsal | check | certificate
    title: str
    why: str
    since: datetime


def ringing(now: datetime) -> list[Alarm]:
    """What the keeper must see to now; reads notes and disks, no database."""
    return [*_disk(now), *_clock(now), *_backup(now), *_rehearsal(now), *_check(now), *_certificate(now)]


def free_bytes() -> int:
    """Room left where the data are."""
    return shutil.disk_usage(places.chibo_home()).free


class Watch:
    """Compares the wall clock with the one that only runs forward; `look` once a minute."""

    def __init__(self) -> None:
        self._wall, self._steady = datetime.now(UTC), time.monotonic()

    def look(self, now: datetime | None = None, steady: float | None = None) -> None:
        """Note the time; note a leap when the two clocks disagree, or the note is ahead of us."""
        wall, beat = now or datetime.now(UTC), time.monotonic() if steady is None else steady
        expected = self._wall + timedelta(seconds=beat - self._steady)
        note = notes.read(CLOCK)
        last = schedule.moment(note.get("last"))
        if last and wall < last - _LEAP:
            expected = last
        if abs(wall - expected) > _LEAP:
            note |= {"leap_from": expected.isoformat(), "leap_to": wall.isoformat()}
        notes.write(CLOCK, note | {"last": wall.isoformat()})
        self._wall, self._steady = wall, beat


def _disk(now: datetime) -> Iterator[Alarm]:
    wanted = schedule.plan()
    for folder, words in ((places.chibo_home(), "dữ liệu"), *([(Path(wanted.folder), "sao lưu")] if wanted else [])):
        try:
            free = shutil.disk_usage(folder).free
        except OSError:
            continue  # the backup's own alarm says that the medium is not there
        if free < ROOM:
            yield Alarm("disk", f"Ổ {words} sắp đầy", f"Còn {free // _MB} MB, nên còn từ {ROOM // _MB} MB. Dọn ổ.", now)


def _clock(now: datetime) -> Iterator[Alarm]:
    if now < EARLIEST:
        yield Alarm("clock", "Đồng hồ máy sai", f"Máy đang chỉ {_day(now)}. Chỉnh lại ngày giờ.", now)
    note = notes.read(CLOCK)
    leap, before = schedule.moment(note.get("leap_to")), schedule.moment(note.get("leap_from"))
    if leap and before and abs(now - leap) < _TOLD_FOR:
        way = "lùi" if leap < before else "tiến"
        why = f"Từ {_moment(before)} sang {_moment(leap)}. Xem lại việc ghi quanh lúc đó."
        yield Alarm("clock", f"Đồng hồ máy đã nhảy {way}", why, leap)


def _backup(now: datetime) -> Iterator[Alarm]:
    wanted, told = schedule.plan(), notes.read(schedule.TOLD)
    if wanted is None:
        yield Alarm("backup", "Chưa đặt lịch sao lưu", "Cắm ổ thứ hai rồi chạy: chibo schedule THƯ_MỤC", now)
        return
    done = schedule.at_of(told, "backup_at", now)
    if told.get("backup_trouble"):
        tried = schedule.at_of(told, "backup_tried", now)
        yield Alarm("backup", "Sao lưu không được", str(told["backup_trouble"]), tried or now)
    elif done is None or now - done > _BACKUP_AGE:
        yield Alarm("backup", "Bản sao lưu đã cũ", f"Gần nhất: {_moment(done)}.", done or now)
    if not wanted.other_disk:
        yield Alarm("backup", "Bản sao lưu nằm cùng ổ với dữ liệu", "Ổ hỏng là mất cả hai. Đặt lịch sang ổ khác.", now)


def _rehearsal(now: datetime) -> Iterator[Alarm]:
    told = notes.read(schedule.TOLD)
    done = schedule.at_of(told, "rehearsed_at", now)
    if told.get("rehearsal_trouble"):
        why = str(told["rehearsal_trouble"]).replace("\n", " ")
        yield Alarm("rehearsal", "Phục hồi thử không đạt", why, schedule.at_of(told, "rehearsal_tried", now) or now)
    elif told.get("backup_file") and (done is None or now - done > _REHEARSAL_AGE):
        yield Alarm("rehearsal", "Lâu chưa phục hồi thử", f"Gần nhất: {_moment(done)}. Chạy: chibo schedule --now", now)


def last_check(now: datetime) -> tuple[datetime | None, int]:
    """When `chibo check` last looked through everything, and how much did not fit."""
    note = notes.read(CHECKED)
    return schedule.at_of(note, "at", now), int(note.get("findings") or 0)


def _check(now: datetime) -> Iterator[Alarm]:
    done, found = last_check(now)
    if done and found:
        why = f"{found} chỗ, lúc {_moment(done)}. Giữ nguyên máy, sao lưu, rồi chạy lại: chibo check"
        yield Alarm("check", "Kiểm tra dữ liệu thấy chỗ không khớp", why, done)
    elif done and now - done > _CHECK_AGE:
        yield Alarm("check", "Lâu chưa kiểm tra dữ liệu", f"Gần nhất: {_moment(done)}. Chạy: chibo check", done)


def _certificate(now: datetime) -> Iterator[Alarm]:
    try:
        made = certificate.issued()
    except Trouble as trouble:
        yield Alarm("certificate", "Chứng thư hỏng", str(trouble), now)
        return
    if made and made.until - now < _CERTIFICATE_ENDS:
        why = f"Hết hạn {_moment(made.until)}. Chạy lại chibo certificate, rồi cài tệp mới vào từng điện thoại."
        yield Alarm("certificate", "Chứng thư sắp hết hạn", why, min(now, made.until))


def clock_is_sane(now: datetime) -> None:
    """Raises Trouble for a clock of before this program was written."""
    if now < EARLIEST:
        raise Trouble(f"Đồng hồ máy chỉ {now:%d/%m/%Y}: sai. Hãy chỉnh lại ngày giờ của máy.")


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(schedule.ZONE):%H:%M ngày %d/%m/%Y}" if at else "chưa có"


def _day(at: datetime) -> str:
    return f"{at.astimezone(schedule.ZONE):%d/%m/%Y}"
