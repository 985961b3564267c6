"""Reading: whose visits there are, what a packet says, which acts are known."""
