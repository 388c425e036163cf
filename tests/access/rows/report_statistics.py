from tests.access.table import Row

SEES = "staff head other_staff county_staff county_head leader"

ROWS = [
    Row("statistics", ok=SEES, rest=403),
    Row("statistics", query="?year=99999&part=x&own=1&per=1&sort=__class__", ok=SEES, rest=403, download=True),
    Row("statistics", query="?export=xlsx", ok=SEES, rest=403, download=True),
]
