"""What any page of this machine costs at least: session, signed-in user, one query, a table of 50 rows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.views.decorators.http import require_GET

from members.models import Member

TABLE = """<!doctype html><html lang="zh-CN"><title>floor</title><table>
{% for row in rows %}<tr><td>{{ row.member_no }}</td><td>{{ row.name }}</td><td>{{ row.employer }}</td></tr>{% endfor %}
</table></html>"""


@require_GET
def floor(request: HttpRequest) -> HttpResponse:
    """LoginRequiredMiddleware has read the session and the user before."""
    rows = Member.objects.order_by("pk").values("member_no", "name", "employer")[:50]
    return HttpResponse(engines["django"].from_string(TABLE).render({"rows": rows}))
