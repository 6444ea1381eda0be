"""The `chibo` command: set up, serve, look after and ask an installation."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import psycopg

from chibo.platform import database, doctor, erased, keeping, nightly, notes, places
from chibo.platform.errors import Trouble
from chibo.platform.keeping import set_up
from chibo.platform.words import Parser, say

# Their arguments belong to the rooms that wrote them.
PASSED_ON = {
    "check": "check_house",
    "tick": "tick",
    "count": "count",
    "who": "who",
    "recover": "recover",
    "import": "import_list",
    "reorganise": "reorganise",
    "second-step": "second_step",
    "cite": "cite",
    "report": "report",
}
# What the platform does after a room's command.
AFTERWARDS = {"tick": nightly.run_if_due}
_FIRST = (
    ("unit", "TÊN", "tên tổ chức cao nhất, ví dụ «Đảng bộ xã Huổi Lam»"),
    ("kind", "LOẠI", "loại của tổ chức đó: commune (nếu không gõ), province"),
    ("place", "ĐỊA_DANH", "địa danh ghi trên văn bản, ví dụ «Huổi Lam»"),
    ("cell", "TÊN", "chi bộ của người giữ tài khoản, ví dụ «Chi bộ Cơ quan xã»"),
    ("person", "HỌ_TÊN", "người giữ tài khoản: văn phòng của tổ chức cao nhất"),
    ("username", "TÊN", "tên đăng nhập, ví dụ vanphong"),
    ("passphrase-file", "TỆP", "đọc cụm từ bí mật ở dòng đầu của tệp; không gõ thì hỏi ngay trên màn hình"),
    ("on", "NGÀY", "ngày sổ bắt đầu: ngày thành lập, hoặc đầu nhiệm kỳ; không gõ thì từ hôm nay"),
)


def main(argv: list[str] | None = None) -> int:
    """Chạy một lệnh. Returns 0 done, 1 problems found or refused, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.settings")
    signal.signal(signal.SIGTERM, _leave)
    if words and words[0] in PASSED_ON:
        return guarded(lambda: manage(PASSED_ON[words[0]], words[1:]) or AFTERWARDS.get(words[0], int)())
    asked = _parser().parse_args(words)
    return guarded(lambda: int(asked.run(asked)))


def guarded(work: Callable[[], int]) -> int:
    """Do the work; turn foreseeable trouble into a sentence and 1."""
    try:
        return work()
    except Trouble as trouble:
        say(f"Lỗi: {trouble}")
    except KeyboardInterrupt:
        say("Đã dừng theo yêu cầu.")
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader has left; no second complaint at exit
    except Exception as error:
        sentence = _foreseen(error)
        if sentence is None:
            raise
        say(f"Lỗi: {sentence}")
    return 1


def manage(name: str, words: list[str]) -> int:
    """Run a room's management command in this process, with its arguments as typed. Returns 0, 1 or 2."""
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    try:
        call_command(name, *words)
    except CommandError as error:
        message = str(error)
        misused = message.startswith("Error: ")  # what Django's parser says before our words
        say(f"Tham số không đúng: {message[7:]}" if misused else f"Lỗi: {message}")
        return 2 if misused else error.returncode
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def _parser() -> Parser:
    parser = Parser(
        prog="chibo",
        description="Chibo: sổ sách và công việc của tổ chức đảng ở cơ sở, trên máy của mình.",
        epilog="\n".join(
            (
                "Dữ liệu nằm ở CHIBO_HOME; cổng là CHIBO_PORT (8420 nếu không đặt).",
                "Không đặt DATABASE_URL thì Chibo tự chạy PostgreSQL kèm theo.",
                "Kết thúc với 0: xong; 1: có vấn đề hoặc bị từ chối; 2: gõ sai lệnh.",
            )
        ),
    )
    parser.add_argument("--version", action="version", version=version("chibo"), help="xem số phiên bản")
    commands = parser.add_subparsers(title="Các lệnh", metavar="LỆNH", required=True, parser_class=Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> Parser:
        made: Parser = commands.add_parser(name, prog=f"chibo {name}", help=about, description=about)
        made.set_defaults(run=run)
        return made

    _first_office(command("init", _init, "khởi tạo hoặc nâng cấp dữ liệu; lập tổ chức và tài khoản đầu tiên"))
    _address(command("serve", _serve, "chạy máy chủ tại máy này, khởi tạo nếu chưa có"))
    demo = command("demo", _demo, "nạp dữ liệu mẫu (người và địa danh tự đặt)")
    demo.add_argument("--on", metavar="NGÀY", help="coi NGÀY (năm-tháng-ngày) là hôm nay của dữ liệu mẫu")
    demo.add_argument("--serve", action="store_true", help="nạp xong thì chạy máy chủ")
    _address(demo)
    command("doctor", _doctor, "khám máy và nói cách sửa")
    for name, about in (
        ("check", "kiểm tra sổ ghi và các ràng buộc của dữ liệu"),
        ("tick", "niêm phong sổ ghi, lập lịch; máy chủ tự làm mỗi phút"),
        (
            "reorganise",
            "sắp xếp theo bảng Excel: chibo reorganise TỆP.xlsx --unit ĐƠN_VỊ --number SỐ --date NGÀY [--dry-run]",
        ),
        (
            "import",
            "nhập danh sách Excel: chibo import members|units|posts|villages TỆP.xlsx --unit ĐƠN_VỊ [--dry-run]",
        ),
        ("recover", "mất hết người giữ tài khoản văn phòng: cấp mã ngay tại máy, có ghi sổ"),
        ("second-step", "chức vụ nào phải có bước hai (mã trên điện thoại) khi đăng nhập"),
        ("cite", "đọc các văn bản được nêu trong một tệp .docx, .txt: chibo cite TỆP [--json]"),
        ("report", "soạn dự thảo báo cáo: chibo report review --unit ĐƠN_VỊ --document SỐ --from … --to … --out TỆP"),
        ("count", "hỏi một số liệu: chibo count MÃ --unit ĐƠN_VỊ --on NGÀY [--from NGÀY] [--json]"),
        ("who", "ai giữ chức vụ gì vào một ngày: chibo who --unit ĐƠN_VỊ --on NGÀY [--json]"),
    ):
        command(name, _never, about)
    command("backup", _backup, "sao lưu tất cả vào một tệp, đã kiểm tra").add_argument("file", metavar="TỆP")
    back = command("restore", _restore, "phục hồi từ tệp vào nơi còn trống")
    back.add_argument("file", metavar="TỆP")
    back.add_argument("--key-file", metavar="TỆP", help="tệp chữ có khóa phục hồi, khi bản sao lưu có khóa")
    command("export", _export, "xuất toàn bộ ra tệp mở, đọc được không cần Chibo").add_argument(
        "folder", metavar="THƯ_MỤC", help="thư mục chưa có"
    )
    keeping.add_commands(command)
    return parser


def _address(parser: Parser) -> None:
    host = os.environ.get("CHIBO_HOST", "").strip() or "127.0.0.1"
    parser.add_argument("--host", default=host, metavar="ĐỊA_CHỈ", help="địa chỉ (CHIBO_HOST, 127.0.0.1)")
    parser.add_argument("--port", type=int, metavar="CỔNG", help="cổng (CHIBO_PORT, 8420)")
    parser.add_argument("--threads", type=int, default=8, metavar="SỐ", help="số luồng phục vụ (8)")


def _first_office(parser: Parser) -> None:
    first = parser.add_argument_group("Tổ chức và tài khoản đầu tiên (nơi còn trống)")
    for name, shown, about in _FIRST:
        first.add_argument(f"--{name}", metavar=shown, help=about)


def _init(asked: argparse.Namespace) -> int:
    given = {name: getattr(asked, name.replace("-", "_")) for name, _, _ in _FIRST}
    words = [word for name, value in given.items() if value is not None for word in (f"--{name}", value)]
    set_up()
    if words:
        return _manage_in_child("first_office", words)
    say("Xong. Tiếp theo: chibo init --unit ... để lập tổ chức và tài khoản đầu tiên (xem chibo init --help),")
    say("rồi chibo serve; hoặc chibo demo --serve để xem thử với dữ liệu mẫu.")
    return 0


def _serve(asked: argparse.Namespace) -> int:
    from chibo.platform.serve import serve

    set_up()
    port = places.port() if asked.port is None else asked.port
    if not 0 < port < 65536 or asked.threads < 1:
        raise Trouble("Cổng phải từ 1 đến 65535 và số luồng phải từ 1 trở lên.")
    with notes.serving():
        serve(asked.host, port, asked.threads)
    return 0


def _demo(asked: argparse.Namespace) -> int:
    set_up()
    say("Nạp dữ liệu mẫu...")
    status = _manage_in_child("load_demo", ["--on", asked.on] if asked.on else [])
    if status == 0:
        database.look_at_tables()
    return _serve(asked) if status == 0 and asked.serve else status


def _doctor(_asked: argparse.Namespace) -> int:
    return doctor.examine()


def _backup(asked: argparse.Namespace) -> int:
    from chibo.platform.backup import backup

    backup(Path(asked.file))
    return 0


def _export(asked: argparse.Namespace) -> int:
    os.environ["CHIBO_DB_ROLE"] = "owner"  # all rows, whoever they belong to
    return _manage_in_child("export_all", [asked.folder])


def _restore(asked: argparse.Namespace) -> int:
    from chibo.platform.restore import restore

    restore(Path(asked.file), Path(asked.key_file).read_text(encoding="utf-8") if asked.key_file else None)
    if erased.known():
        set_up()  # what was erased after that backup goes again, before anybody can look
    os.environ["CHIBO_DB_ROLE"] = "owner"
    _manage_in_child("steps_again", [])
    say("Tiếp theo: chibo init để nâng cấp theo phiên bản đang dùng, rồi chibo serve.")
    return 0


def _never(_asked: argparse.Namespace) -> NoReturn:
    raise AssertionError("passed on before parsing")


def _manage_in_child(name: str, words: list[str]) -> int:
    # not in this process: the one that serves never imports Django
    code = "import sys; from chibo.platform import cli; sys.exit(cli.child(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", code, name, *words], check=False).returncode


def child(words: list[str]) -> int:
    """A management command and its arguments, guarded; for `_manage_in_child`."""
    signal.signal(signal.SIGTERM, _leave)
    return guarded(lambda: manage(words[0], words[1:]))


def _leave(_signal: int, _frame: object) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)  # so that atexit runs and the last one out stops PostgreSQL


def _foreseen(error: Exception) -> str | None:
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    if isinstance(cause, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
        return "Cơ sở dữ liệu chưa khởi tạo hoặc chưa nâng cấp. Hãy chạy: chibo init"
    if isinstance(cause, psycopg.OperationalError):
        return f"Không làm việc được với cơ sở dữ liệu ({cause}). Hãy chạy: chibo doctor"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename or ''}"
    if type(error).__name__ in {"BadSetting", "ImproperlyConfigured"}:
        return f"Cấu hình sai: {error}"
    return None


if __name__ == "__main__":
    sys.exit(main())
