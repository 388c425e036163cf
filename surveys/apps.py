from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "问卷调查"

    def ready(self) -> None:
        from core.defaults import after_migrate
        from surveys import defaults, hooks, measures, tasks, words  # noqa: F401

        after_migrate(self, defaults.install)
        hooks.connect()
        words.install()
