"""The exchange format `liaison-exchange/1`: assignments out, answers in, as JSON or XML (docs/exchange.md). Pure: files
in and out of plain values; what is done with them is in `supervision.services.exchange`.
"""

FORMAT = "liaison-exchange/1"
FORMS = ("json", "xml")
