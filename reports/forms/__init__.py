from reports.forms.manuscripts import ApproveForm, CorrectForm, EditorForm, PhotoForm, StartForm
from reports.forms.reports import ReportForm

__all__ = ["ApproveForm", "CorrectForm", "EditorForm", "PhotoForm", "ReportForm", "StartForm"]
