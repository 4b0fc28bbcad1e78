"""Text copied from a Notion page: no markup but list dashes, pipes and a run-together contents line."""
