from django.apps import AppConfig


class HandlingConfig(AppConfig):
    name = "handling"
    verbose_name = "提案办理"

    def ready(self) -> None:
        from core.defaults import after_migrate
        from handling import defaults, hooks, statistics, tasks, words  # noqa: F401

        after_migrate(self, defaults.install)
        hooks.connect()
        statistics.install()
        words.install()
