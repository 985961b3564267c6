"""Rules of reviews: plain values in, plain answers with reasons out."""
