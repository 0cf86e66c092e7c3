"""The pages by which readers report, and by which one decides from a mail."""
