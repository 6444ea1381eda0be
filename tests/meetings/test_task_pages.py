"""Pages of tasks: of a unit, one's own, one with its history."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.meetings.models import Task, TaskResult
from chibo.meetings.operations import NewTask, give_task
from tests.commune import EVENING, TODAY, Commune
from tests.meetings.test_give_task import give
from tests.meetings.test_note_result import note

NOON = "2026-11-05 12:00+07:00"


@pytest.fixture
def visit(commune: Commune) -> Any:
    """A browser signed in as somebody, on 5 November 2026."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(commune.account(name))
        return client

    with time_machine.travel(NOON, tick=False):
        yield sign_in


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def test_a_list_has_the_most_urgent_first(commune: Commune, visit: Any) -> None:
    give(commune, text="Không có hạn", due=None)
    give(commune, text="Còn lâu", due=date(2026, 12, 31))
    give(commune, text="Đã trễ", due=EVENING.date())
    settled = give(commune, text="Đã xong rồi")
    note(commune, settled)
    page = text(visit("Inh").get(reverse("meetings:tasks_of_unit", args=[commune.na_loc.pk])))
    places = [page.index(words) for words in ("Đã trễ", "Còn lâu", "Không có hạn")]
    assert places == sorted(places)
    assert "Quá hạn 2 ngày" in page
    assert "Đã xong rồi" not in page
    done = text(visit("Inh").get(reverse("meetings:tasks_of_unit", args=[commune.na_loc.pk]), {"tinh-trang": "xong"}))
    assert "Đã xong rồi" in done
    assert "Còn lâu" not in done


def test_it_filters_by_owner_in_the_address(commune: Commune, visit: Any) -> None:
    give(commune, text="Của Khiêm")
    give(commune, text="Của Hoa", owner=commune.person("Hoa").pk)
    where = reverse("meetings:tasks_of_unit", args=[commune.na_loc.pk])
    page = text(visit("Inh").get(where, {"nguoi": str(commune.person("Hoa").pk)}))
    assert "Của Hoa" in page
    assert "Của Khiêm" not in page
    assert "Của Hoa" not in text(visit("Páo").get(reverse("meetings:tasks_of_unit", args=[commune.commune.pk]),
                                                  {"nguoi": str(commune.person("Hoa").pk)}))  # fmt: skip


def test_nonsense_in_the_address_is_the_plain_list(commune: Commune, visit: Any) -> None:
    give(commune)
    where = reverse("meetings:tasks_of_unit", args=[commune.na_loc.pk])
    assert "Sửa đường" in text(visit("Inh").get(where, {"tinh-trang": "x", "nguoi": "y", "trang": "-3"}))


def test_a_member_without_a_post_sees_and_notes_their_own(commune: Commune, visit: Any) -> None:
    task = give(commune)
    other = give(commune, text="Việc của người khác", owner=commune.person("Hoa").pk)
    client = visit("Khiêm")
    page = text(client.get(reverse("meetings:my_tasks")))
    assert "Sửa đường" in page
    assert "Việc của người khác" not in page
    assert client.get(reverse("meetings:task", args=[other.pk])).status_code == 404
    assert "Ghi kết quả" in text(client.get(reverse("meetings:task", args=[task.pk])))
    sent = {"key": str(uuid.uuid4()), "state": "done"}
    for _ in range(2):
        answer = client.post(reverse("meetings:task_result", args=[task.pk]), sent)
        assert answer.status_code == 302
    assert TaskResult.objects.get().by_name == "Hà Văn Khiêm"
    page = text(client.get(reverse("meetings:task", args=[task.pk])))
    assert "Xong" in page
    assert "<h2>Ghi kết quả</h2>" not in page


def test_a_task_is_given_by_form_once(commune: Commune, visit: Any) -> None:
    client, where = visit("Inh"), reverse("meetings:give_task", args=[commune.na_loc.pk])
    assert "Hà Văn Khiêm" in text(client.get(where))
    sent = {"key": str(uuid.uuid4()), "text": "Sửa mương", "owner": str(commune.person("Khiêm").pk), "due": "20/11/26"}
    assert [client.post(where, sent).status_code for _ in range(2)] == [302, 302]
    task = Task.objects.get()
    assert (task.text, task.due, task.given_by) == ("Sửa mương", date(2026, 11, 20), "Lò Văn Inh")


def test_a_deadline_without_its_year_is_the_next_such_day(commune: Commune, visit: Any) -> None:
    client, where = visit("Inh"), reverse("meetings:give_task", args=[commune.na_loc.pk])
    for due in ("15/12", "15/1"):
        client.post(where, {"key": str(uuid.uuid4()), "text": due, "due": due})
    assert set(Task.objects.values_list("text", "due")) == {
        ("15/12", date(2026, 12, 15)), ("15/1", date(2027, 1, 15)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "Chưa có nội dung"),
        ({"text": "Sửa", "due": "31/11/2026"}, "chỉ có 30 ngày"),
        ({"text": "Sửa", "owner": "x"}, "Không thấy người này"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(commune: Commune, visit: Any, sent: dict[str, str], sentence: str) -> None:
    where = reverse("meetings:give_task", args=[commune.na_loc.pk])
    answer = visit("Inh").post(where, {"key": str(uuid.uuid4()), "source": "NQ 05", **sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "NQ 05" in page
    assert not Task.objects.exists()


def test_the_history_says_where_when_why_and_what_was_carried_on(commune: Commune, visit: Any) -> None:
    key, october, november = uuid.uuid4(), commune.meeting(month=date(2026, 9, 1)), commune.meeting()
    commune.close(october, **{f"task__{key}": "Sửa đường", f"owner__{key}": str(commune.person("Khiêm").pk)})
    commune.close(commune.meeting(month=date(2026, 10, 1)))
    commune.close(november, **{f"result__{key}": "not_done", f"cause__{key}": "Mưa lũ", f"remedy__{key}": "Làm sau"})
    client = visit("Inh")
    later = {"key": str(uuid.uuid4()), "owner": "", "due": "20/12/2026", "reason": "Nước rút"}
    assert client.post(reverse("meetings:task_change", args=[key]), later).status_code == 302
    page = text(client.get(reverse("meetings:task", args=[key])))
    told = ["03/09/2026", "không ghi kết quả, chuyển sang kỳ sau", "Chưa làm", "Nguyên nhân: Mưa lũ", "Làm sau",
            "Giao lại", "sang 20/12/2026", "Lý do: Nước rút"]  # fmt: skip
    assert [words for words in told if words not in page] == []


def test_a_committee_sees_what_its_cells_have_to_do(commune: Commune, visit: Any) -> None:
    give(commune)
    page = text(visit("Páo").get(reverse("meetings:tasks_of_unit", args=[commune.commune.pk])))
    assert "Sửa đường" in page
    assert "Bản Nà Lốc" in page


def test_a_long_list_has_pages_and_the_same_queries(commune: Commune, visit: Any, queries: Any) -> None:
    client, where = visit("Inh"), reverse("meetings:tasks_of_unit", args=[commune.na_loc.pk])
    give(commune)
    client.get(where)
    with queries(PAGE):
        client.get(where)
    for number in range(60):
        give_task(commune.na_loc, NewTask(f"Việc {number}"), key=uuid.uuid4(), at=EVENING, by=commune.actor("Inh"),
                  by_name="")  # fmt: skip
    with queries(PAGE):
        page = text(client.get(where))
    assert "1 – 50 trong 61" in page
    assert "51 – 61 trong 61" in text(client.get(where, {"trang": "2"}))


PAGE = 13  # session, account, savepoint ×2, posts, wall, unit, line, owners, count, tasks, names, what is due
assert date(2026, 11, 5) == TODAY
