from reports.forms.reports import ReportForm

__all__ = ["ReportForm"]
