"""What answers requests before Django does: the server, files, monitors."""
