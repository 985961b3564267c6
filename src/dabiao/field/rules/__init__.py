"""What is sent by devices, as plain values."""
