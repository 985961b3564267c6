from django.apps import AppConfig


class GradingConfig(AppConfig):
    name = "dabiao.grading"
    label = "grading"
    verbose_name = "定级"
