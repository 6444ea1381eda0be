"""Papers to download."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.meetings.models import Minutes
from chibo.reports.paper.minutes import minutes_docx

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def minutes(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Biên bản as a Word file, always in the layout of its own date."""
    row = get_object_or_404(Minutes.objects.visible_to(request.actor), meeting_id=pk)
    content = row.content
    notes = [
        {"text": note.text, "at": note.at.isoformat(), "by_name": note.by_name} for note in row.notes.order_by("at")
    ]
    paper = minutes_docx(content, layout=row.layout, outline=row.outline, notes=notes)
    name = f"bien-ban-{content['number']:02d}-{content['meeting']['held_on']}.docx"
    return HttpResponse(paper, content_type=WORD, headers={"Content-Disposition": f'attachment; filename="{name}"'})
