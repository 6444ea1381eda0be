"""Trang văn bản kể kế hoạch thực hiện nó: của ai, ban hành sau bao nhiêu ngày."""

from __future__ import annotations

from datetime import date

from django.test import Client

from chibo.targets.queries import plans_for
from tests.commune import TODAY, Commune
from tests.targets.conftest import Office


def test_plans_of_its_own_unit_and_of_those_it_was_sent_to(commune: Commune, office: Office) -> None:
    document = office.resolution()
    sent = office.send(document)
    own, below = office.plan(basis=document), office.plan(commune.na_loc, "Inh", delivery=sent)
    office.whole(own)
    office.issue(own, on=date(2026, 1, 25))
    found = plans_for(document, actor=commune.actor("Nhung"), on=TODAY)
    assert [(each.plan.pk, each.unit_name, each.issued_on, each.days) for each in found] == [
        (own.pk, "Xã Huổi Lam", date(2026, 1, 25), 20), (below.pk, "Bản Nà Lốc", None, None),
    ]  # fmt: skip
    assert plans_for(document, actor=commune.actor("Liên"), on=TODAY) == []


def test_the_page_of_the_document_leads_to_them(commune: Commune, office: Office, client: Client) -> None:
    document = office.resolution()
    client.force_login(commune.account("Nhung"))
    assert "Kế hoạch thực hiện</h2>" not in client.get(f"/van-ban/{document.pk}/").text
    plan = office.plan(basis=document)
    page = client.get(f"/van-ban/{document.pk}/").text
    assert f"/ke-hoach/{plan.pk}/" in page and "đang soạn" in page
    office.whole(plan)
    office.issue(plan, on=date(2026, 1, 25))
    assert "25/01/2026, sau 20 ngày" in client.get(f"/van-ban/{document.pk}/").text
