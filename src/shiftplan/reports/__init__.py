"""Reports: pages and tables made from a roster."""
