"""The pages of the desk on which the owner sets the site."""
