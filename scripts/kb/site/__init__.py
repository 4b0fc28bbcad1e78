"""From a root folder to a built site: the only stage that reads and writes whole trees."""
