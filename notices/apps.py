from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        from core import context_processors, jobs
        from notices import administration, context, listeners, services

        jobs.finished_observers.append(services.on_job_over)
        context_processors.extras.append(context.unread)
        listeners.connect()
        administration.connect()
