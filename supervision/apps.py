from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = "督办与评优"

    def ready(self) -> None:
        from core.defaults import after_migrate
        from supervision import defaults, hooks, tasks, words  # noqa: F401

        after_migrate(self, defaults.install)
        hooks.connect()
        words.install()
