"""The command line: one line of wiring a command. Importing it imports nothing else."""
