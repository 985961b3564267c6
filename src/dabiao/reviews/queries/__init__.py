"""Reading reviews, cut by what is asked."""
