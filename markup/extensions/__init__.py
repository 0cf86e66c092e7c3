"""The extensions of our Markdown beyond CommonMark, one file each."""
