"""After a restore on another machine: whose phone no longer counts (docs/adr/0011)."""

from __future__ import annotations

from typing import Any

from django.db import connection

from chibo.access.models import Authenticator
from chibo.access.totp import key_mark
from chibo.front.management.word import Word, as_machine


class Command(Word):
    """Of `chibo restore`."""

    word = "steps-again"
    help = "Ai phải lập lại bước hai, vì máy này có khóa khác."

    def handle(self, *args: Any, **options: Any) -> None:
        if Authenticator._meta.db_table not in connection.introspection.table_names():
            return  # of a release before the second step; `chibo init` makes the table
        with as_machine():
            set_up = Authenticator.objects.filter(confirmed_at__isnull=False, account__is_active=True)
            names = list(set_up.exclude(key_mark=key_mark()).values_list("account__username", flat=True))
        if names:
            self.stdout.write(
                f"Máy này có khóa khác máy cũ nên {len(names)} người phải lập lại bước hai ở lần đăng nhập tới: "
                f"{', '.join(sorted(names))}. Trước đó họ vào được chỉ bằng cụm từ bí mật. Mã khôi phục, phiếu trao "
                "tài khoản, phong bì in ở máy cũ không dùng được nữa: in lại."
            )
