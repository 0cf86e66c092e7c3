"""The only reader of environment variables. Each one is documented on the function that reads it."""
