"""What is printed and signed: the statement a certificate's code carries, the certificate itself."""
