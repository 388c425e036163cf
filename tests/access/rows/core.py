from tests.access.table import EVERYBODY, Row

ROWS = [
    Row("draft_save", method="POST", data={"draft_key": "plans.edit:1"}, ok=EVERYBODY),
    Row("draft_discard", method="POST", data={"draft_key": "plans.edit:1"}, moved=EVERYBODY),
    Row("large_type", method="POST", moved=EVERYBODY),
    Row("job_list", ok=EVERYBODY),
    Row("job_page", obj="job.of_staff", ok="staff"),
    Row("job_file", obj="job.of_staff", gone=EVERYBODY),
    Row("job_cancel", obj="job.of_staff", method="POST", moved="staff"),
    Row("job_retry", obj="job.of_staff", method="POST", moved="staff"),
    Row("view_save", method="POST", data={"path": "/jobs/", "name": "本月"}, moved=EVERYBODY),
    Row("view_save", method="POST", data={"path": "//evil.example/", "name": "本月"}, gone=EVERYBODY),
    Row("view_change", obj="view.of_staff", method="POST", data={"name": "我的"}, moved="staff"),
    Row("health", ok=EVERYBODY, public=200, download=True),
    Row("gallery", ok=EVERYBODY, public=200),
    Row("notice_list", ok=EVERYBODY),
    Row("notices_read", method="POST", moved=EVERYBODY),
    Row("notice_open", obj="notice.of_owner", method="POST", moved="owner"),
    Row("sign_in", moved=EVERYBODY, public=200),
    Row("sign_out", method="POST", moved=EVERYBODY),
    Row("password_change", ok=EVERYBODY),
    Row("home", ok=EVERYBODY),
]
