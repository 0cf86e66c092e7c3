"""The contents and addresses of the blog's feeds; the package `feeds` has the formats."""
