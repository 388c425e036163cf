from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "操作日志"

    def ready(self) -> None:
        from audit import listeners

        listeners.connect()
