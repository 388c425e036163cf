from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "计划"

    def ready(self) -> None:
        from core import navigation
        from core.defaults import after_migrate
        from notices.todos import sources
        from plans import defaults, own_measures, permissions, todos, words

        after_migrate(self, defaults.install)

        navigation.register(
            navigation.Entry(
                "plan_list",
                "年度计划",
                "calendar-check",
                "年度工作",
                permissions.opens_plans,
                order=20,
                tab=True,
                tab_label="计划",
            )
        )
        navigation.register(
            navigation.Entry("plan_year", "全年看板", "grid-3x3", "年度工作", permissions.sees_the_year, order=21)
        )
        sources.register("plans", todos.waiting)
        words.install()
        own_measures.install()
