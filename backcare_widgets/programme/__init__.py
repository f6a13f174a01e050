"""What is prescribed: exercises, doses, warning signs, and how a set runs."""
