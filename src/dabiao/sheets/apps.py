from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "dabiao.sheets"
    label = "sheets"
    verbose_name = "评分表"
