from tests.access.table import Row

SEES = "staff head other_staff county_staff county_head leader"

ROWS = [
    Row("proposal_statistics", ok=SEES, rest=403),
    Row("proposal_statistics", query="?period=y2026&export=xlsx", ok=SEES, rest=403, download=True),
    Row("proposal_statistics", query="?office=x&period=y99999999999&sort=__class__", ok=SEES, rest=403, download=True),
]
