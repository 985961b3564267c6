"""Rules of the risk register: pure."""
