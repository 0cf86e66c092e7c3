"""What our Markdown knows beyond CommonMark, a file for each."""
