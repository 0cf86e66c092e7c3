"""What pages of the admin share."""
