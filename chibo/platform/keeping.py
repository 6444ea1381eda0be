"""The commands of whoever keeps the server: schedule backups, rehearse, upgrade."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from chibo.platform import certificate, database, locking, major, nightly, notes, places, schedule, support, upkeep
from chibo.platform.errors import Trouble
from chibo.platform.words import Parser, say

Command = Callable[[str, Callable[[argparse.Namespace], int], str], Parser]


def add_commands(command: Command) -> None:
    """Name them to the parser."""
    command("upgrade", _upgrade, "nâng cấp dữ liệu theo bản vừa cài: sao lưu trước, không cho lùi bản")
    kept = command("schedule", _schedule, "sao lưu hằng đêm ra ổ thứ hai, mỗi tháng tự phục hồi thử")
    kept.add_argument("folder", nargs="?", metavar="THƯ_MỤC", help="nơi để bản sao lưu; không gõ thì xem lịch đang đặt")
    kept.add_argument("--at", default="22:00", metavar="GIỜ", help="giờ sao lưu hằng ngày (22:00)")
    kept.add_argument("--keep", type=int, default=14, metavar="SỐ", help="số bản gần nhất giữ lại (14)")
    kept.add_argument("--now", action="store_true", help="sao lưu và phục hồi thử ngay")
    kept.add_argument("--off", action="store_true", help="thôi sao lưu theo lịch")
    kept.add_argument("--show-key", action="store_true", help="xem khóa phục hồi để chép ra giấy")
    tls = command("certificate", _certificate, "chứng thư để điện thoại, máy khác trong phòng vào bằng https")
    tls.add_argument("names", nargs="*", metavar="TÊN", help="tên hoặc địa chỉ, ví dụ 192.168.1.10; không gõ thì xem")
    tls.add_argument("--off", action="store_true", help="thôi dùng chứng thư")
    command("support", _support, "gói thông tin về máy để nhờ người ở xa giúp; không có tên ai").add_argument(
        "file", metavar="TỆP", help="tệp .zip sẽ ghi"
    )


def set_up() -> None:
    """Server, database, roles, tables, static files: as this version wants them."""
    say(f"Thư mục dữ liệu: {places.chibo_home()}")
    say("Khởi động cơ sở dữ liệu...")
    database.prepare()
    say("Nâng cấp bảng dữ liệu...")
    upkeep.bring_up_to_date()


def _upgrade(_asked: argparse.Namespace) -> int:
    upkeep.refuse_older(version("chibo"))
    with notes.nobody_serving():
        pass  # said before anything is begun; each step that writes takes the lock again
    major.move_if_needed()
    set_up()
    say(f"Đã nâng cấp xong: Chibo {version('chibo')}. Tiếp theo: chibo check, rồi chibo serve.")
    return 0


def _schedule(asked: argparse.Namespace) -> int:
    if asked.off:
        schedule.drop_plan()
        say("Đã thôi sao lưu theo lịch. Các bản đã có vẫn còn nguyên.")
        return 0
    if asked.folder:
        made = schedule.set_plan(Path(asked.folder).expanduser(), at=asked.at, keep=asked.keep)
        if not made.other_disk:
            say("Lưu ý: thư mục này nằm cùng ổ đĩa với dữ liệu. Ổ hỏng là mất cả hai; nên dùng ổ khác.")
        say(f"Khóa phục hồi, chép ra giấy rồi niêm phong, không để cùng chỗ với ổ sao lưu:\n  {locking.spoken_key()}")
    if asked.show_key:
        print(locking.spoken_key())
        return 0
    if schedule.plan() is None:
        raise Trouble("Chưa đặt lịch sao lưu. Hãy cắm ổ thứ hai rồi chạy: chibo schedule THƯ_MỤC")
    status = nightly.main(at_once=True) if asked.folder or asked.now else 0
    for line in _told():
        print(line)
    return status


def _certificate(asked: argparse.Namespace) -> int:
    if asked.off:
        certificate.drop()
        say("Đã thôi dùng chứng thư. Khởi động lại Chibo.")
        return 0
    made = certificate.issue(asked.names, now=datetime.now(UTC)) if asked.names else certificate.issued()
    if made is None:
        raise Trouble("Chưa có chứng thư. Hãy chạy: chibo certificate ĐỊA_CHỈ_MÁY (ví dụ 192.168.1.10)")
    place = places.chibo_home() / certificate.FOLDER / certificate.AUTHORITY
    print(f"Chứng thư cho: {', '.join(made.names)}")
    print(f"Đến ngày: {made.until.astimezone(schedule.ZONE):%d/%m/%Y}")
    print(f"Tệp cho điện thoại: {place}")
    print(f"Mã để so trên điện thoại (SHA-256): {made.spoken}")
    if asked.names:
        say("Khởi động lại Chibo: chibo serve --host 0.0.0.0. Cách làm trên điện thoại: docs/cai-dat/chung-thu.md")
    return 0


def _support(asked: argparse.Namespace) -> int:
    support.write(Path(asked.file))
    say(f"Đã ghi {asked.file}. Mở ra xem trước khi gửi: chỉ có số liệu của máy và nhật ký đã bôi đen.")
    return 0


def _told() -> list[str]:
    wanted, told, now = schedule.plan(), notes.read(schedule.TOLD), datetime.now(UTC)
    if wanted is None:
        return []
    lines = [f"Sao lưu hằng ngày lúc {wanted.at} vào {wanted.folder}, giữ {wanted.keep} bản gần nhất."]
    for name, words in (("backup_at", "Sao lưu gần nhất"), ("rehearsed_at", "Phục hồi thử gần nhất")):
        at = schedule.at_of(told, name, now)
        lines.append(f"{words}: {at.astimezone(schedule.ZONE):%d/%m/%Y %H:%M}." if at else f"{words}: chưa có.")
    return lines + [f"KHÔNG   {told[name]}" for name in ("backup_trouble", "rehearsal_trouble") if told.get(name)]
