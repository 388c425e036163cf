from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "dashboard"
    verbose_name = "工作台"

    def ready(self) -> None:
        from core import navigation
        from dashboard import joined, todos
        from notices.todos import sources

        # On the phone the name of the portal leads home; its bar is for what people do.
        navigation.register(navigation.Entry("home", "首页", "house", "", lambda user: user.is_authenticated, order=0))
        sources.register("holidays", todos.missing_holidays)
        joined.install()
