"""Rules of supervision: plain values in, plain answers with reasons out."""
