"""CLAIMED: another colleague is writing this file right now; leave it to them."""
