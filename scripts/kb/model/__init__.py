"""The values that the stages hand to each other. All are frozen; none touches a file."""
