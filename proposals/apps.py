from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = "提案"

    def ready(self) -> None:
        from core.defaults import after_migrate
        from proposals import defaults, hooks, measures, words  # noqa: F401

        after_migrate(self, defaults.install)
        hooks.connect()
        words.install()
