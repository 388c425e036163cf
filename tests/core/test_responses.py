"""Headers, error pages and the request's way through the middleware."""

from __future__ import annotations

import logging
import uuid

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.test import Client, RequestFactory

from core import context, logs
from core.middleware import DatabaseDownMiddleware, RequestContextMiddleware, client_ip

pytestmark = pytest.mark.django_db
PATHS = ["/", "/sign-in/", "/nothing-here/", "/health/", "/static/css/tokens.css", "/plans/987654/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_protective_headers(sign_in, path):
    response = sign_in("staff").get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    if not path.startswith("/static/"):
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"


def test_pages_of_a_signed_in_person_are_not_kept_by_the_browser(sign_in):
    assert sign_in("staff").get("/")["Cache-Control"] == "no-store"
    assert Client().get("/sign-in/").get("Cache-Control", "") != "no-store"


def test_a_post_without_token_gets_a_readable_page(world):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.people["staff"], backend="django.contrib.auth.backends.ModelBackend")
    response = browser.post("/notices/read/")
    assert response.status_code == 403 and "刷新" in response.content.decode()


def test_an_accident_shows_a_number_and_no_trace(sign_in, monkeypatch):
    def accident(*args, **kwargs):
        raise ZeroDivisionError("geheim")

    monkeypatch.setattr("core.views.jobs.waiting.standing", accident)
    browser = sign_in("staff")
    browser.raise_request_exception = False
    from core.models import Job

    job = Job.objects.create(kind="x", title="x", owner_id=browser.session["_auth_user_id"])
    response = browser.get(f"/jobs/{job.pk}/")
    page = response.content.decode()
    assert response.status_code == 500 and response["X-Request-Id"] in page
    assert "geheim" not in page and "Traceback" not in page


def test_a_database_that_is_away_is_a_page_and_not_an_error(rf):
    def broken(request):
        raise OperationalError("connection refused")

    response = DatabaseDownMiddleware(broken)(rf.get("/"))
    assert response.status_code == 503 and "connection refused" not in response.content.decode()


def test_a_database_that_is_away_in_a_view_is_the_same_page(rf):
    middleware = DatabaseDownMiddleware(lambda request: None)
    assert middleware.process_exception(rf.get("/"), OperationalError()).status_code == 503
    assert middleware.process_exception(rf.get("/"), ValueError()) is None


def test_the_forwarded_address_is_believed_only_behind_a_proxy(rf, settings):
    request = rf.get("/", headers={"x-forwarded-for": "6.6.6.6, 10.0.0.9"}, REMOTE_ADDR="10.0.0.1")
    assert client_ip(request) == "10.0.0.1"
    settings.AXES_IPWARE_PROXY_COUNT = 1
    assert client_ip(request) == "10.0.0.9"


def test_the_request_is_known_during_the_request_only(world):
    seen = []
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.7")
    request.user = world.people["staff"]
    RequestContextMiddleware(lambda request: seen.append(context.current.get()) or _empty())(request)
    assert seen[0].ip == "10.0.0.7" and len(seen[0].request_id) == 8
    assert context.current.get() == context.NONE


def _empty():
    from django.http import HttpResponse

    return HttpResponse()


def test_logs_hide_numbers_and_cannot_be_forged():
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s", ("13912345678\nERROR 110101199003074514",), None)
    record.request_id = "-"
    line = logs.LineFormatter().format(record)
    assert "139****5678" in line and "110101********4514" in line and "\n" not in line


def test_a_fragment_request_of_a_signed_out_person_leads_the_whole_page_to_sign_in():
    response = Client().post("/drafts/", {"draft_key": "plans.edit:1"}, headers={"hx-request": "true"})
    assert response.status_code == 302 and "/sign-in/" in response.url


def test_a_job_file_is_only_its_owners(world, sign_in):
    from core import files
    from core.models import Job

    stored = files.store(b"%PDF-1.7", name="计划.pdf", extension="pdf", by=None)
    job = Job.objects.create(kind="x", title="x", owner=world.people["staff"], result=stored, state="done")
    assert sign_in("staff").get(f"/jobs/{job.pk}/file/").status_code == 200
    assert sign_in("head").get(f"/jobs/{job.pk}/file/").status_code == 404
    assert sign_in("staff").get(f"/jobs/{uuid.uuid4()}/file/").status_code == 404
    assert default_storage.exists(stored.storage_name)
