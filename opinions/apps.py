from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "opinions"
    verbose_name = "社情民意"

    def ready(self) -> None:
        from core.defaults import after_migrate
        from opinions import defaults, hooks, measures, words  # noqa: F401

        after_migrate(self, defaults.install)
        hooks.connect()
        words.install()
