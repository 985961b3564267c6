from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "dabiao.reviews"
    label = "reviews"
    verbose_name = "评审"
