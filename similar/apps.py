from django.apps import AppConfig


class SimilarConfig(AppConfig):
    name = "similar"
    verbose_name = "相似文本"
