"""Acts of the field page: what is delivered is judged by the services everybody uses, once."""
