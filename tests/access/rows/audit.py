"""The trail is read by the audit administrator and by nobody else, least of all by the other administrators."""

from tests.access.table import Row

ROWS = [
    Row("audit_list", ok="auditadmin", rest=403),
    Row("audit_list", query="?export=xlsx", download=True, ok="auditadmin", rest=403),
    Row("audit_list", query="?thing=office&result=True&since=2026-01-01", ok="auditadmin", rest=403),
    Row("audit_list", method="POST", rest=405),
    Row("audit_detail", obj="entry.town", ok="auditadmin", rest=403),
    Row("audit_detail", obj="entry.town", method="POST", rest=405),
]
