"""Reading supervision, cut by what is asked."""
