"""What feeds say of posts, and where they are; the formats are in `feeds`."""
