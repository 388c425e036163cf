from django.apps import AppConfig


class SimilarConfig(AppConfig):
    name = "similar"
    verbose_name = "相似文本"

    def ready(self) -> None:
        from core.defaults import after_migrate
        from similar import defaults, tasks, words  # noqa: F401

        after_migrate(self, defaults.install)
        words.install()
