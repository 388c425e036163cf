from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "报告"

    def ready(self) -> None:
        from accounts.roles import Can
        from core import downloads, navigation
        from core.defaults import after_migrate
        from organisation.selectors import grants
        from plans import printing
        from reports import bulk, defaults, hooks, measures, offers, selectors, tasks, words  # noqa: F401
        from reports.archive import tasks as archiving  # noqa: F401
        from reports.documents import (  # noqa: F401
            annual_plan,
            consultation_plan,
            half_plan,
            plan_board,
            plan_year,
            proposal_handling,
            proposal_statistics,
            proposal_volume,
            roster,
            roster_attendance,
            roster_volumes,
            summary,
            year_statistics,
        )
        from reports.papers import (  # noqa: F401
            activities,
            activities_offers,
            activities_report,
            activities_sheets,
            dispatch,
            handling_sheet,
            members,
            members_offers,
            proposal,
            replies,
        )
        from reports.papers import offers as papers_offered

        words.install()
        after_migrate(self, defaults.install)
        papers_offered.connect()
        activities_offers.connect()
        members_offers.connect()
        bulk.connect()
        printing.offers.register("reports", offers.for_plan)
        measures.install()
        hooks.install()
        downloads.sources.register("reports", selectors.latest)
        navigation.register(
            navigation.Entry(
                "statistics", "统计", "bar-chart", "年度工作",
                lambda user: grants(user).holds(Can.VIEW_REPORTS), order=34,
            )
        )  # fmt: skip
        navigation.register(
            navigation.Entry(
                "report_list", "报告", "file-earmark-text", "年度工作",
                lambda user: grants(user).holds(Can.VIEW_REPORTS), order=35, tab=True,
            )
        )  # fmt: skip
