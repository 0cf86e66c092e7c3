"""What any app that answers requests may need. Knows no app above it."""
