"""Sign-in, sign-out and the password page stand in rows/core.py; here what they answer to odd requests."""

from tests.access.table import EVERYBODY, Row

ROWS = [
    Row("sign_out", method="GET", rest=405),
    Row("session_continue", method="POST", rest=204),
    Row("session_continue", method="GET", rest=405),
    Row("password_change", method="POST", data={"old_password": "x", "new_password": "kurz", "repeated": ""},
        bad=EVERYBODY),
]  # fmt: skip
